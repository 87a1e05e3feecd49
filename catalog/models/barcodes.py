"""Barcodes are unique for ever: one that a copy bore once is never another copy's."""

import pgtrigger


def refuses_former_barcodes() -> pgtrigger.Trigger:
    """Refuses a copy whose barcode another copy bore before; reads like the violation of a unique constraint.

    After the write, not before: whoever waited for another desk's change of a barcode has to see what became of it.
    """
    return pgtrigger.Trigger(
        name="refuse_former_barcodes",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("barcode"),
        func="""
            IF EXISTS (
                SELECT FROM catalog_formerbarcode AS f WHERE f.barcode = NEW.barcode AND f.copy_id <> NEW.id
            ) THEN
                RAISE unique_violation USING
                    CONSTRAINT = 'copy_barcode_unique',
                    MESSAGE = format('barcode %s was that of another copy', NEW.barcode);
            END IF;
            RETURN NULL;
        """,
    )
