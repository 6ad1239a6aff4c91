"""What can be done in the exchange: one function for each verb, by noun."""

from phereclos.exchange.actions.answers import (
    answer_request,
    ask_question,
    have_mails_again,
    object_to_answer,
    reply_to_date,
    reply_to_question,
    settle_objection,
    stop_mails,
)
from phereclos.exchange.actions.proposals import (
    close_need,
    copy_need,
    copy_offer,
    offer_help,
    release,
    save_need,
    save_offer,
    set_offer_state,
)
from phereclos.exchange.actions.requests import allow_more, expire_request, send_request, withdraw_request

__all__ = [
    "allow_more",
    "answer_request",
    "ask_question",
    "close_need",
    "copy_need",
    "copy_offer",
    "expire_request",
    "have_mails_again",
    "object_to_answer",
    "offer_help",
    "release",
    "reply_to_date",
    "reply_to_question",
    "save_need",
    "save_offer",
    "send_request",
    "set_offer_state",
    "settle_objection",
    "stop_mails",
    "withdraw_request",
]
