"""The libraries side by side, a file each, all with the same operations, written as their documentation advises."""

from .base import Peer, PythonPeer
from .registry import PEERS, make_peer

__all__ = ["PEERS", "Peer", "PythonPeer", "make_peer"]
