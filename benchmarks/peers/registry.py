"""Names of the peers and where they are; a peer's library is loaded when it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from .base import Peer

PEERS = {
    "asyncpg": ("asyncpg_by_hand", "AsyncpgByHand"),
    "lumi": ("lumi", "Lumi"),
    "lumi_policies": ("lumi", "LumiWithPolicies"),
    "piccolo": ("piccolo_peer", "PiccoloPeer"),
    "tortoise": ("tortoise_peer", "TortoisePeer"),
    "sqlalchemy": ("sqlalchemy_peer", "SqlalchemyPeer"),
    "prisma_js": ("prisma_js", "PrismaJs"),
}
"""Name → module and class, in the order of the tables. The first is what the others are measured against."""

BASELINE = "asyncpg"


def make_peer(name: str) -> Peer:
    module, kind = PEERS[name]
    return cast(Peer, getattr(import_module(f".{module}", __package__), kind)())
