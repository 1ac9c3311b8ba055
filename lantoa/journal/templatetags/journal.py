"""What a form needs to send a command."""

from uuid import uuid4

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lantoa.journal.middleware import FIELD

register = template.Library()


@register.simple_tag(takes_context=True)
def command_key(context: template.Context) -> SafeString:
    """Render the hidden fields of a command: the CSRF token and a fresh key.

    A form that comes back with errors keeps the key it was sent with, unless it had
    been carried out.
    """
    request: HttpRequest = context["request"]
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="{}" value="{}">',
        get_token(request),
        FIELD,
        uuid4(),
    )
