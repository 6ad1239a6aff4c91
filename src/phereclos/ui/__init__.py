"""The visual language: sheets, templates, form fields, drawings and the gallery at /ui/."""
