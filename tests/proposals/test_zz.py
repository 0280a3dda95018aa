import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from forms import open_browser
pytestmark = pytest.mark.django_db
def test_q(house):
    c=open_browser(house.person("guest"))
    path=f"/en/problems/{house.notes['problem'].pk}/"
    with CaptureQueriesContext(connection) as q: c.get(path)
    for x in q.captured_queries: print(x['sql'][:230].replace('\n',' ')); print()
