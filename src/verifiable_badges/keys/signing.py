"""The private half of an issuer's key. It never prints itself; the caller decides where the seed rests."""

from collections.abc import Callable
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from verifiable_badges.errors import InvalidKey
from verifiable_badges.keys.public import KeyKind, PublicKey


class SigningKey:
    """An Ed25519 key that signs. `seed` is the secret: 32 bytes from which everything else follows."""

    def __init__(self, seed: bytes) -> None:
        if not isinstance(seed, bytes) or len(seed) != 32:
            raise InvalidKey("seed", "The seed of a signing key is 32 bytes.")
        self.seed = seed
        self._private = Ed25519PrivateKey.from_private_bytes(seed)

    @classmethod
    def generate(cls, random: Callable[[int], bytes]) -> "SigningKey":
        """A new key from `random(32)`; pass `os.urandom` outside tests."""
        return cls(random(32))

    @classmethod
    def from_seed(cls, seed: bytes) -> "SigningKey":
        """The key that grows from these 32 bytes."""
        return cls(seed)

    @cached_property
    def public(self) -> PublicKey:
        """The half to publish."""
        return PublicKey(KeyKind.ED25519, self._private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of the signature over `data` (RFC 8032, deterministic)."""
        return self._private.sign(data)

    def __repr__(self) -> str:
        return f"SigningKey(public={self.public.multibase!r})"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("A signing key is not pickled: keep its seed encrypted instead.")
