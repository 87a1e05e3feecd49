"""Weighing what speaks for a class."""

from catalog.rules.suggestions import (
    Evidence,
    FormWord,
    Reason,
    country_of,
    from_form,
    from_names,
    from_share,
    from_word_counts,
    pairs,
    people,
    ranked,
)

WORDS = {
    "故事": FormWord("I287.5", "85", weak=True),
    "民间故事": FormWord("I277.3", "73"),
    "童话": FormWord("I287.7", "88"),
    "恐龙": FormWord("Q915.864-49", ""),
}


def numbers(evidence):
    return [suggestion.number for suggestion in ranked(evidence)]


def test_reasons_for_the_same_number_add_up_and_each_counts_once():
    evidence = [
        Evidence("I287.7", 20, Reason.AUTHOR),
        Evidence("I287.45", 25, Reason.AUTHOR),
        Evidence("I287.7", 10, Reason.FORM),
        Evidence("I287.45", 2, Reason.AUTHOR),
    ]

    found = ranked(evidence)

    assert [(each.number, each.score) for each in found] == [("I287.7", 30), ("I287.45", 25)]
    assert [each.reason for each in found[0].evidence] == [Reason.AUTHOR, Reason.FORM]


def test_only_much_evidence_is_confident():
    assert ranked([Evidence("I", 90, Reason.SAME_TITLE)])[0].confident
    assert not ranked([Evidence("I", 20, Reason.FORM)])[0].confident


def test_few_titles_of_an_author_leave_doubt():
    one, many = (
        from_share({"I287.45": titles}, weight=45, doubt=1, reason=Reason.AUTHOR, detail="")[0].weight
        for titles in (1, 20)
    )

    assert one < many < 45


def test_rare_words_say_more_than_common_ones():
    evidence = from_word_counts({"恐龙": {"Q915.864": 3}, "故事": {"I287.5": 900, "K209": 600}})

    assert numbers(evidence)[0] == "Q915.864"


def test_word_of_form_counts_by_its_longest():
    assert numbers(from_form([("中国民间故事", 1)], words=WORDS, country="")) == ["I277.3"]


def test_weak_word_stands_behind_what_the_book_is_about():
    assert numbers(from_form([("恐龙的故事", 1)], words=WORDS, country=""))[0] == "Q915.864-49"


def test_country_of_the_author_makes_the_number_of_its_literature():
    assert numbers(from_form([("格林童话", 1)], words=WORDS, country="I516")) == ["I516.88", "I516.84"][:1]
    assert numbers(from_form([("狐狸", 1)], words=WORDS, country="I312.6")) == ["I312.684"]


def test_class_of_that_very_name_is_popular_science_in_a_school():
    assert [each.number for each in from_names({"火星": ["P185.3"], "外交": ["D8"], "动物": ["Q95", "J522.2"]})] == [
        "P185.3-49",
        "D8",
    ]


def test_people_are_named_without_countries_and_roles():
    assert people("（英）罗尔德·达尔著；任溶溶译") == ["罗尔德达尔", "任溶溶"]
    assert country_of("[法国] 圣埃克苏佩里") == "法国"
    assert country_of("曹文轩") == ""


def test_pairs_of_a_name_are_those_of_the_search():
    assert pairs("格林 童话") == ["格林", "林童", "童话"]
