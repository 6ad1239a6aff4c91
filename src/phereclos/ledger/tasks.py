"""Background work of the ledger."""

from django_tasks import task

from phereclos.ledger import mail


@task()
def send_mail(staged_id: int) -> bool:
    return mail.send(staged_id)
