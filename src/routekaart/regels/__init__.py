"""Pure rules of law and method: no Django, no clock, no input or output."""
