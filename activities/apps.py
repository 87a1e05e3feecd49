from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"

    def ready(self) -> None:
        """Says what activities forget, and what of a person stands in tables that do not name the reader."""
        from activities.operations.erasure import forget_person
        from activities.operations.retention import STEPS
        from circulation.operations.forgetting import Forgetting, register_forgetting
        from circulation.queries.stored import THROUGH

        register_forgetting(self.name, Forgetting(steps=STEPS, person=forget_person))
        THROUGH.update(
            {
                "activities.Score": "entry__reader",
                "activities.EntryFile": "entry__reader",
                "activities.NoteFile": "note__reader",
            }
        )
