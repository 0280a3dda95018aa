from jobs import queue
from mail_server import mail_settings, smtp

__all__ = ["mail_settings", "queue", "smtp"]
