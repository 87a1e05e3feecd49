"""The models of activities: what the library does beside lending, and what readers say."""

from activities.models.activities import (
    Activity,
    ActivityKind,
    ActivityRegistration,
    ActivitySession,
    Audience,
    GroupMeeting,
    GroupMember,
    ReadingGroup,
)
from activities.models.challenges import Badge, Challenge
from activities.models.entries import (
    AwardProposal,
    AwardRule,
    AwardRun,
    Entry,
    EntryFile,
    Honour,
    Judge,
    Prize,
    Result,
    Score,
)
from activities.models.files import FileBytes, StoredFile
from activities.models.journeys import DonatedBook, Donation, DriftBook, DriftStop
from activities.models.lists import BookList, BookListItem
from activities.models.news import NewsItem
from activities.models.notes import NoteFile, ReadingNote
from activities.models.options import ActivityOptions, Consent, ReadingQuota, ShownNames
from activities.models.quizzes import Attempt, Question, Quiz, QuizQuestion
from activities.models.voice import (
    Backer,
    MaterialItem,
    MaterialRequest,
    Message,
    Suggestion,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyVoter,
)

__all__ = [
    "Activity",
    "ActivityKind",
    "ActivityOptions",
    "ActivityRegistration",
    "ActivitySession",
    "Attempt",
    "Audience",
    "AwardProposal",
    "AwardRule",
    "AwardRun",
    "Backer",
    "Badge",
    "BookList",
    "BookListItem",
    "Challenge",
    "Consent",
    "DonatedBook",
    "Donation",
    "DriftBook",
    "DriftStop",
    "Entry",
    "EntryFile",
    "FileBytes",
    "GroupMeeting",
    "GroupMember",
    "Honour",
    "Judge",
    "MaterialItem",
    "MaterialRequest",
    "Message",
    "NewsItem",
    "NoteFile",
    "Prize",
    "Question",
    "Quiz",
    "QuizQuestion",
    "ReadingGroup",
    "ReadingNote",
    "ReadingQuota",
    "Result",
    "Score",
    "ShownNames",
    "StoredFile",
    "Suggestion",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyVoter",
]
