"""Role x address x method: whoever comes to whichever address by whichever way is answered as its group says, and never by an error."""
import os
from collections import defaultdict
import pytest, time
from typing import Any
from django.db import transaction
from django.test import Client, client as test_client
from tests.people import *
from tests.factories import *
from . import addresses

pytestmark = [pytest.mark.sweep, pytest.mark.django_db]
ROLES = "nobody stranger participant steward focal_point trainer unshown officer administrator".split()

def code(r):
    if r.status_code >= 500: return "5"
    if r.status_code in (301,302,303,307): return "3"
    return str(r.status_code)[0]

def test_explore(officer, focal_point, steward, trainer, stranger, administrator, monkeypatch, settings):
    monkeypatch.setattr(test_client, "store_rendered_templates", lambda *a, **k: None)
    participant = with_account("tuya@private.example", "Tuya")
    give_second_factor(officer.user)
    ground = addresses.Ground(participant, steward, focal_point, trainer)
    clients = {"nobody": Client()}
    for n,p in dict(stranger=stranger,participant=participant,steward=steward,focal_point=focal_point,trainer=trainer,officer=officer).items():
        clients[n]=signed_in(p.user)
    clients["administrator"]=signed_in(administrator)
    u=Client(); u.force_login(officer.user, backend=BACKEND); clients["unshown"]=u
    for c in clients.values(): c.raise_request_exception=False
    out=open("/tmp/matrix.txt","w")
    spent=defaultdict(float)
    only=os.environ.get("ONLY","")
    for e in addresses.everywhere():
        if only=="admin" and not e.is_admin or only=="pages" and e.is_admin: continue
        try: a=ground.address(e)
        except Exception as x:
            print("NOADDR", e.name, e.path, repr(x)[:150], file=out); continue
        row={}
        for m in ("GET","HEAD","POST"):
            got=""
            for r in ROLES:
                if m=="HEAD" and e.is_admin and r in("officer","administrator"): got+="-"; continue
                c=clients[r]; kept=c.cookies.copy()
                t=time.time()
                with transaction.atomic():
                    ans=c.generic(m,a)
                    transaction.set_rollback(True)
                spent[m, e.is_admin, r]+=time.time()-t
                c.cookies=kept
                got+=code(ans)
                if ans.status_code>=500: print("5xx",m,r,a, ans.content[:80], file=out)
            row[m]=got
        print(row["GET"],row["HEAD"] if row["HEAD"]!=row["GET"] else "=",row["POST"],e.name,a,file=out,flush=True)
    for k,v in sorted(spent.items(), key=str): print(k, round(v,2), file=out)
    out.close()
