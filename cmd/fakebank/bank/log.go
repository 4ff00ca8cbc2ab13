package bank

import (
	"errors"
	"net/http"
)

// shown is how many payments the log lists.
const shown = 100

// showLog lists the newest payments.
func (b *Bank) showLog(w http.ResponseWriter, r *http.Request) {
	v := b.frame(r, "")
	v.Base = b.options.Base
	for _, p := range b.recent(shown) {
		v.List = append(v.List, b.rowView(v.Locale, p))
	}
	b.render(w, "log.html", http.StatusOK, v)
}

// showEntry shows all that is known of one payment: events, notices, and what the shop answered.
func (b *Bank) showEntry(w http.ResponseWriter, r *http.Request) {
	p, ok := b.find(r.PathValue("token"))
	if !ok {
		b.refuse(w, r, http.StatusNotFound, "gone")
		return
	}
	b.render(w, "entry.html", http.StatusOK, b.entryView(r, p))
}

// actOnEntry tells the last event again, or gives back half of what is left, as somebody at the
// bank's own desk could.
func (b *Bank) actOnEntry(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		b.refuse(w, r, http.StatusBadRequest, "fields")
		return
	}
	p, err := b.change(r.PathValue("token"), func(p *Payment) error {
		switch r.PostForm.Get("do") {
		case "again":
			if len(p.Events) > 0 {
				p.Quirk = Proper
				b.announce(p, p.newest())
			}
		case "refund":
			if left := p.Captured - p.Refunded; left > 0 {
				b.announce(p, p.happen(Refunded, (left+1)/2, "", "", b.options.Clock.Now()))
			}
		}
		return nil
	})
	switch {
	case errors.Is(err, errUnknown):
		b.refuse(w, r, http.StatusNotFound, "gone")
	case err != nil:
		b.broken(w, err)
	default:
		http.Redirect(w, r, b.options.Base+"/log/"+p.Token, http.StatusSeeOther)
	}
}
