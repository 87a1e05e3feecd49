"""Sheets as schools have them, read into rows of text whatever they really are, and sheets written for Excel."""

from library_site.shared.spreadsheets.files import Sheet, open_sheets
from library_site.shared.spreadsheets.limits import SheetProblem
from library_site.shared.spreadsheets.tables import Column, Table, write_csv, write_workbook
from library_site.shared.spreadsheets.writing import write_xlsx

__all__ = ["Column", "Sheet", "SheetProblem", "Table", "open_sheets", "write_csv", "write_workbook", "write_xlsx"]
