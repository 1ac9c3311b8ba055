from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lantoa.documents.models.papers import Paper
from lantoa.kernel.sql import Fold


class Clause(models.Model):
    """An addressable piece of a paper (mục, điều, khoản).

    A clause that a correction takes away keeps its row and its address: what rests on
    it must be able to say so.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="clauses")
    label = models.CharField(_("số hiệu"), max_length=40)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    heading = models.CharField(_("tiêu đề"), max_length=300, blank=True)
    text = models.TextField(_("nội dung"), blank=True)
    dropped = models.BooleanField(_("đã bỏ"), default=False)
    folded = models.GeneratedField(
        expression=Fold(
            Concat(F("heading"), Value(" "), F("text"), output_field=models.TextField())
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("điều, khoản")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "label"], name="a_label_addresses_one_clause"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}. {self.heading}" if self.heading else self.label

    def get_absolute_url(self) -> str:
        """Return the address of the clause's page."""
        return reverse("documents:clause", args=[self.paper_id, self.label])


class SubjectMatter(models.Model):
    """A subject confirmed to stand in a paper whose text is not held.

    It says what the paper is about, on whose word; it is never the paper's words.
    """

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="subject_matters"
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    text = models.CharField(_("nội dung được xác nhận"), max_length=500)
    source = models.CharField(_("nguồn"), max_length=300)

    class Meta:
        verbose_name = _("nội dung được xác nhận")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text
