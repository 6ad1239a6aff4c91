"""Background work of the badges."""

from django_tasks import task

from phereclos.badges import batches


@task()
def sign_batch(batch_id: int) -> bool:
    return batches.run(batch_id)
