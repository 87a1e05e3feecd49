"""Rules that the database itself keeps, as triggers."""

import pgtrigger


def renews_settings_token() -> pgtrigger.Trigger:
    """Any write to the table gives `SettingsToken` a new value, whoever wrote: page, command or SQL."""
    return pgtrigger.Trigger(
        name="renew_settings_token",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            INSERT INTO library_site_settingstoken (id, token) VALUES (1, gen_random_uuid())
            ON CONFLICT (id) DO UPDATE SET token = excluded.token;
            RETURN NULL;
        """,
    )


def append_only(name: str = "append_only") -> pgtrigger.Trigger:
    """Refuses every delete, and every update but those of the retention act.

    The one door is the transaction-local setting `library.retention`, opened by the act that anonymises old rows.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF TG_OP = 'UPDATE' AND current_setting('library.retention', true) = 'on' THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;
        """,
    )


def never_emptied(name: str = "never_emptied") -> pgtrigger.Trigger:
    """Refuses TRUNCATE, which no row-level trigger sees.

    The tests' own connections say `library.flush`: Django empties tables between tests that commit.
    """
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="""
            IF current_setting('library.flush', true) = 'on' THEN
                RETURN NULL;
            END IF;
            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;
        """,
    )


def kept_after_its_transaction(name: str = "append_only") -> pgtrigger.Trigger:
    """As `append_only`, for rows that the transaction which made them may still write (the context of an act)."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF TG_OP = 'UPDATE' AND (
                OLD.created_at = now() OR current_setting('library.retention', true) = 'on'
            ) THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;
        """,
    )


def never_deleted() -> pgtrigger.Trigger:
    """Refuses deletes: a row that was wrong is marked so, never removed."""
    return pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)
