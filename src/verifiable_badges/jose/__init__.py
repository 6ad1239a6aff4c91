"""Credentials as signed tokens (JOSE).

jws           the compact JSON Web Signature (RFC 7515): taken apart, signed, verified
claims        the JSON inside a token, read and written strictly
whose         which key may have signed for an issuer or holder
vc_jwt        credentials as tokens, in two profiles: 1EdTech's and W3C VC-JOSE-COSE
envelopes     tokens as `data:` addresses inside presentations
presentation  presentations as tokens, made for one verifier and one occasion
disclosures   claims hidden behind digests and shown again (RFC 9901)
sd_jwt        tokens whose holder chooses what to show, and proves to be the holder
cose          the same documents as COSE_Sign1, in CBOR
members       which words may stand at the top of what is issued
open_badges_2 assertions of Open Badges 2.0 as signed tokens
issuer_metadata  where the keys of an https issuer of SD-JWT VC lie

Nothing in a token is asked for over the network except the key of the party it names; no key in a token is believed.
"""
