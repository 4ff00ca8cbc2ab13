package profile

import "slices"

// Choose says when a visitor who has not said who he is gets asked (PROF-06).
type Choose string

// The moments. Search engines are never asked: they see the anonymous profile.
const (
	Never   Choose = "never"
	OnPrice Choose = "price" // pages show no price until he has chosen
	OnEntry Choose = "entry" // the question is the first thing he sees
)

// Book is the profiles of a shop. Shared between requests: never alter it.
type Book struct {
	Choose   Choose    `json:"choose"`
	Profiles []Profile `json:"profiles"`
}

// nobody stands in until the merchant has decided something about anonymous buyers.
var nobody = Profile{Code: Anonymous, Kind: KindAnonymous, Active: true}

// Find is the profile of a code; the anonymous one for a code that is unknown or switched off.
func (b *Book) Find(c Code) *Profile {
	if p, ok := b.active(c); ok {
		return p
	}
	if p, ok := b.active(Anonymous); ok {
		return p
	}
	return &nobody
}

// FindPublic is the public profile of a code a visitor names; false for any other.
func (b *Book) FindPublic(c Code) (*Profile, bool) {
	p, ok := b.active(c)
	return p, ok && p.Kind == KindPublic
}

// Public lists the profiles a visitor may choose between.
func (b *Book) Public() []*Profile { return b.of(KindPublic) }

// WithCode lists the private profiles that a shared code opens.
func (b *Book) WithCode() []*Profile {
	return slices.DeleteFunc(b.of(KindPrivate), func(p *Profile) bool { return p.CodeHash == "" })
}

// Asks is when a visitor without a profile is asked: never where there is nothing to choose.
func (b *Book) Asks() Choose {
	if len(b.Public()) == 0 || b.Choose == "" {
		return Never
	}
	return b.Choose
}

// Splits tells that not every visitor sees the same prices.
func (b *Book) Splits() bool { return len(b.of(KindPublic))+len(b.of(KindPrivate)) > 0 }

// Everybody are the profiles somebody can have now, the anonymous one first.
func (b *Book) Everybody() []*Profile {
	return append(append([]*Profile{b.Find(Anonymous)}, b.of(KindPublic)...), b.of(KindPrivate)...)
}

func (b *Book) active(c Code) (*Profile, bool) {
	for i := range b.Profiles {
		if p := &b.Profiles[i]; p.Code == c && p.Active {
			return p, true
		}
	}
	return nil, false
}

func (b *Book) of(k Kind) []*Profile {
	var list []*Profile
	for i := range b.Profiles {
		if p := &b.Profiles[i]; p.Kind == k && p.Active {
			list = append(list, p)
		}
	}
	return list
}
