package secret

import (
	"crypto/hmac"
	"crypto/sha256"
)

// Print is a keyed hash of a text for a purpose: equal texts have equal prints, and whoever reads the database can
// neither find the text nor tell, by trying all there are, whose print it is.
func (r *Ring) Print(purpose, text string) []byte { return r.newest.print(purpose, text) }

// Prints are the prints of a text under every key of the ring, for finding what was stored before a new key came.
func (r *Ring) Prints(purpose, text string) [][]byte {
	list := make([][]byte, 0, len(r.byID))
	for _, k := range r.byID {
		list = append(list, k.print(purpose, text))
	}
	return list
}

func (k *key) print(purpose, text string) []byte {
	h := hmac.New(sha256.New, k.mark)
	h.Write([]byte(Context("print", purpose, text)))
	return h.Sum(nil)
}
