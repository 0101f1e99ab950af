package extract

// disclosureText makes the rows of table 2.
func disclosureText(tokens []token) []textRow {
	var b rowBuilder
	inHead := false
	for _, t := range tokens {
		kind := t.kind
		if kind == unknownToken {
			kind = misprintedDisclosure(t.text)
		}
		switch {
		case kind == articleLabel:
			b.promised, inHead = 0, false
			b.open(t, true, 0).labels = []string{t.text}
		case kind == cornerLabel, kind == measureLabel, kind == unknownToken && inHead && (!t.ruled || b.last().line == t.line):
			if !inHead {
				b.promised = 0
				b.open(t, true, 0)
			}
			inHead = true
			if kind != cornerLabel {
				b.promised++
			}
			row := b.last()
			row.label(t)
		case kind == itemLabel:
			inHead = false
			b.open(t, true, b.promised).labels = []string{t.text}
		case kind == valueToken, kind == blankToken, kind == unknownToken && b.goesOn(t):
			if kind == valueToken {
				inHead = false
			}
			b.value(t)
		default:
			inHead = false
			b.open(t, false, 0).labels = []string{t.text}
		}
	}
	return b.rows
}

// misprintedDisclosure says what an unknown cell of table 2 is most like.
func misprintedDisclosure(text string) tokenKind {
	key := labelKey(text)
	for _, kind := range []tokenKind{itemLabel, measureLabel} {
		if closest(key, keysOf(kind), 0.75) >= 0 {
			return kind
		}
	}
	return unknownToken
}

func keysOf(kind tokenKind) []string {
	var out []string
	for key, l := range textLabels {
		if l.kind == kind {
			out = append(out, key)
		}
	}
	return out
}
