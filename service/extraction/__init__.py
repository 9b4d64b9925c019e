"""Pure extraction: article text in, quotations with their speakers out.

Standard library, spaCy and numpy only; no Flask, no Redis, no environment, no clock. ``pipeline`` runs the
stages in this order, each a function from values of ``models`` to values of ``models``:

1. Text as it was meant: ``lost_signs`` puts spoilt marks back, ``debris`` what a scraper left in pieces.
2. Quoted stretches, ``quotations``: ``marks`` says where marks stand, ``pairing`` pairs them at the least
   cost (``weighing``), ``repair`` ends what was left open, ``interposed`` and ``marked_names`` know their
   habits, ``stretch_kinds`` what each is for.
3. One parse, ``reading``: ``normalising``, ``recasing`` and ``small_surnames`` fit the text to the pipeline,
   ``sentences`` splits it, ``encoder`` and ``entities`` run spaCy's weights.
4. Attributions, ``attribution``: the families of ``rules`` propose what they see in a ``scene`` and compete;
   ``learned`` scores candidates of its own; ``revision`` joins both; ``formulas``, ``reactions``, ``media``,
   ``topics``, ``edges``, ``lists`` and ``links`` mend what was chosen. What they ask of the parse:
   - ``cues`` and ``lexicon``: which words report. ``unspoken``: when nobody says anything all the same.
   - ``subjects``, ``heard`` and ``relaying``: whose the words are. ``sources``: the phrase that names them.
   - ``governed``: what a cue takes as content. ``contents``, ``asides`` and ``narration``: where it ends.
5. Speakers, ``speakers``: whom each source refers to, by what ``people`` knows of the article.
6. Answer, ``quotes``.
"""
