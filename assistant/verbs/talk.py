"""Chat with the assistant in the terminal; a number picks a choice."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from assistant.evaluation.chat_client import ChatClient, Choice, Conversation, Reply, Said

ENVIRONMENT = "app"
WIDTH = 80
HELP = "Type what you would say, or the number of a choice. An empty line or Ctrl-D ends the chat."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the clock and the address."""
    parser.add_argument("--url", help="a running Schoolgate; without it a private one is started")
    parser.add_argument("--now", help="a fixed clock for the private Schoolgate (ISO)")
    parser.add_argument("--codes", action="store_true", help="show the channel code of each answer")


def main(arguments: argparse.Namespace) -> int:
    """Chat until the person leaves; nothing of a private chat is kept."""
    from assistant.evaluation.chat_client import ChatClient
    from assistant.evaluation.place import place_of

    with place_of(arguments.url, arguments.now) as place, ChatClient(place.url) as client:
        print(f"\n{HELP}\n")
        chat(client, show_codes=arguments.codes)
    return 0


def chat(client: ChatClient, *, show_codes: bool = False) -> None:
    """Hold one conversation on standard input and output."""
    conversation = client.start()
    choices = show(conversation.greeting)
    while words := ask():
        said = send(client, conversation, words, choices)
        if said.refused:
            print(f"({said.refused})\n")
            continue
        choices = show(said.replies)
        if show_codes:
            print(f"[{' '.join([said.channel, *said.alternatives])}] {said.reason}\n")


def ask() -> str:
    """Return what the person types; empty when they leave."""
    try:
        return input("You: ").strip()
    except EOFError:
        sys.stdout.write("\n")
        return ""


def send(client: ChatClient, conversation: Conversation, words: str, choices: list[Choice]) -> Said:
    """Send the choice whose number was typed, else the words themselves."""
    chosen = picked(words, choices)
    if chosen is None:
        return client.say(conversation, words)
    print(f"     {chosen.title}")
    return client.choose(conversation, chosen.number)


def picked(words: str, choices: list[Choice]) -> Choice | None:
    """Return the choice that a typed number names, counted from 1 as shown."""
    if words.isascii() and words.isdecimal() and 1 <= int(words) <= len(choices):
        return choices[int(words) - 1]
    return None


def show(replies: Iterable[Reply]) -> list[Choice]:
    """Print what the assistant says and return the choices in the order of their numbers."""
    choices: list[Choice] = []
    for reply in replies:
        for paragraph in reply.text.splitlines() or [""]:
            print(textwrap.fill(paragraph, WIDTH))
        for choice in reply.choices:
            choices.append(choice)
            print(f"   {len(choices)}. {choice.title}")
        print()
    return choices
