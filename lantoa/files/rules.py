"""Who stores and who reads files: by the body that owns them."""

from lantoa.kernel.rule import Rule

STORE = Rule("files.store", model="files.StoredFile", via="owner")
READ = Rule("files.read", model="files.StoredFile", via="owner")
