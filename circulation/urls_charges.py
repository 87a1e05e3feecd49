"""URLs of what readers owe: accounts, charges, receipts, the cash box."""

from django.urls import path

from circulation.views import charge_rates, charges, losses, receipts

app_name = "charges"
urlpatterns = [
    path("", charges.overview, name="overview"),
    path("export/", charges.export_owing, name="export"),
    path("readers/<int:reader_id>/", charges.account, name="account"),
    path("<int:charge_id>/", charges.charge, name="charge"),
    path("<int:charge_id>/waive/", charges.waive, name="waive"),
    path("<int:charge_id>/replace/", charges.replace, name="replace"),
    path("<int:charge_id>/mended/", charges.mended, name="mended"),
    path("<int:charge_id>/pay-back/", charges.pay_back, name="pay_back"),
    path("<int:charge_id>/take-back/", charges.take_back, name="take_back"),
    path("loans/<int:loan_id>/lost/", losses.lost, name="lost"),
    path("loans/<int:loan_id>/damaged/", losses.damaged, name="damaged"),
    path("receipts/", receipts.receipts, name="receipts"),
    path("receipts/export/", receipts.export_receipts, name="export_receipts"),
    path("receipts/<int:receipt_id>/", receipts.receipt, name="receipt"),
    path("receipts/<int:receipt_id>/number/", receipts.finance_number, name="finance_number"),
    path("receipts/<int:receipt_id>/take-back/", receipts.take_back, name="take_back_receipt"),
    path("cash/", receipts.cash, name="cash"),
    path("cash/<int:count_id>/", receipts.count, name="count"),
    path("rates/", charge_rates.rates, name="rates"),
    path("rates/new/", charge_rates.new_degree, name="new_degree"),
    path("rates/<int:degree_id>/", charge_rates.degree, name="degree"),
    path("rates/<int:degree_id>/away/", charge_rates.degree_away, name="degree_away"),
]
