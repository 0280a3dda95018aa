from jobs import queue

__all__ = ["queue"]
