from http_server import gateway
from jobs import queue
from mail_server import mail_settings, smtp

__all__ = ["gateway", "mail_settings", "queue", "smtp"]
