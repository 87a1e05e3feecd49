"""A label is due again when what stands on it has changed, whoever changed it: page, import, merge or SQL."""

import pgtrigger


def due_when_copy_changes() -> pgtrigger.Trigger:
    """Forgets when a copy's labels were printed once its barcode, volume or call number is another.

    A writer that says so itself is believed: whoever scans the new label has it on the book already.
    """
    return pgtrigger.Trigger(
        name="labels_due_again",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("barcode", "volume", "title_id"),
        func="""
            IF NEW.barcode <> OLD.barcode AND NEW.barcode_label_at IS NOT DISTINCT FROM OLD.barcode_label_at THEN
                NEW.barcode_label_at := NULL;
            END IF;
            IF NEW.spine_label_at IS NOT NULL AND NEW.spine_label_at IS NOT DISTINCT FROM OLD.spine_label_at AND (
                NEW.volume <> OLD.volume OR NEW.title_id <> OLD.title_id AND (
                    SELECT count(DISTINCT (t.clc_number, t.book_number)) FROM catalog_title AS t
                     WHERE t.id IN (NEW.title_id, OLD.title_id)
                ) > 1
            ) THEN
                NEW.spine_label_at := NULL;
            END IF;
            RETURN NEW;
        """,
    )


def spines_due_when_title_changes() -> pgtrigger.Trigger:
    """Forgets when spine labels were printed once the title's call number is another; set-wise, for re-classing."""
    return pgtrigger.Trigger(
        name="spine_labels_due_again",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="old_titles", new="new_titles"),
        func="""
            UPDATE catalog_copy AS c SET spine_label_at = NULL
              FROM old_titles AS o JOIN new_titles AS n ON n.id = o.id
             WHERE c.title_id = n.id AND c.spine_label_at IS NOT NULL
               AND (n.clc_number, n.book_number) <> (o.clc_number, o.book_number);
            RETURN NULL;
        """,
    )
