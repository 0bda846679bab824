"""The files of a site: on disk, in git, with texts replaced; and where a site is."""
