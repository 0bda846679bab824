"""How a run reuses earlier ones. Nothing here changes what is reported; whatever is in doubt is checked from scratch.

Four levels, each with its module:

1. `page_results`: the result of one page (its facts and its findings), by the page's content and by all else that
   decides it: the active rules with their options, the schema, how pages are read, the program itself. An edit of one
   page leaves all others.
2. `last_run`: the whole last report, with a mark (size, times, inode) for each file that the run looked at. If no mark
   has changed, the report is printed and no rule is loaded.
3. `body_edits`: an edit of a body changes what page rules find on that page, where its links lead, and which of its
   fragments others can link to. These are checked again, on the publication of the last run; everything else in the
   last report holds.
4. `outline_edits`: pages with other front matter, new ones and removed ones. `edited_site` makes of the stored site the one
   after the edit, `words` says which other pages are concerned, `site_rules` what rules about the site find then;
   `outline` and `word_index` are what is stored for this.

A section, another configuration, template or program: the whole site is checked, with the stored results of its pages.

`check_site` and `rerun`, one folder up, decide which level answers; `store` is the SQLite file that holds all of it.

An edit needs little of what is stored, so that reading it is what an edit costs: findings, pages and terms are stored by
column (`core/columns.py`), a page or the use of a term is made when it is asked for (`hugo/packed_outputs.py`,
`hugo/packed_terms.py`), findings and words lie in parts of which few are read, the last run says how pages are read so that
no template has to be looked at, and on a large site a process beside this one lists the files meanwhile
(`files/scan_beside.py`).
"""
