"""What the database itself keeps of the list of entries, whoever writes: page, command or SQL.

An entry waits for its charge, so that two at once are one after the other; and what stands at the end of a transaction
must add up. A cash entry is a payment, a refund, or the reversal of one.
"""

import pgtrigger


def waits_for_its_charge() -> pgtrigger.Trigger:
    """Locks the charge of a new entry; a reversal is of the same charge, of the same sum, and never of a reversal."""
    return pgtrigger.Trigger(
        name="waits_for_its_charge",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            PERFORM FROM circulation_charge WHERE id = NEW.charge_id FOR NO KEY UPDATE;
            IF NEW.reverses_id IS NOT NULL AND NOT EXISTS (
                SELECT FROM circulation_chargeentry AS was
                 WHERE was.id = NEW.reverses_id AND was.charge_id = NEW.charge_id
                   AND was.amount = -NEW.amount AND was.kind <> 'reversal'
            ) THEN
                RAISE EXCEPTION 'an entry is reversed as it was'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_entry_reversed_as_it_was';
            END IF;
            RETURN NEW;
        """,
    )


def adds_up() -> pgtrigger.Trigger:
    """At commit no charge is settled by more than is owed, and no more is paid back than was paid."""
    return pgtrigger.Trigger(
        name="adds_up",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        declare=[("balance", "numeric"), ("cash", "numeric")],
        func="""
            SELECT sum(entry.amount),
                   -coalesce(sum(entry.amount)
                             FILTER (WHERE coalesce(was.kind, entry.kind) IN ('payment', 'refund')), 0)
              INTO balance, cash
              FROM circulation_chargeentry AS entry
              LEFT JOIN circulation_chargeentry AS was ON was.id = entry.reverses_id
             WHERE entry.charge_id = NEW.charge_id;
            IF balance < 0 THEN
                RAISE EXCEPTION 'more is settled than is owed'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_never_overpaid';
            ELSIF cash < 0 THEN
                RAISE EXCEPTION 'more is paid back than was paid'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'charge_refund_was_paid';
            END IF;
            RETURN NULL;
        """,
    )
