"""Work in the background that the catalogue needs."""

from procrastinate.contrib.django import app

from catalog.operations.clc import spell_classes


# Soon after the first start; later it is one look that finds nothing.
@app.periodic(cron="*/5 * * * *")
@app.task(name="catalog.spell_classes", queueing_lock="catalog.spell_classes")
def spell_classes_now(timestamp: int) -> None:
    """Lets the deeper classes be found by pinyin, too."""
    spell_classes()
