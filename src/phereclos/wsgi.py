"""What the web server loads."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from phereclos.running.parents import die_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phereclos.settings")
application = get_wsgi_application()

# This runs in the server's own worker process, which would go on holding the port when the server is killed.
die_with_parent(signal.SIGKILL)
