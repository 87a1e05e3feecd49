"""Parts of written reports, each told once: the semester's summary and the inspection folder are put together of them.

A part is a list of blocks (`reports.rules.papers`), empty where there is nothing to tell. No part names a pupil.
"""
