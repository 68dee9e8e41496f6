"""What the assistant does when Rasa decides: thin actions that call one service and say words."""
