package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"time"

	"echoppe.dev/platform/driver/authz"
	"echoppe.dev/platform/fleet/account"
	"echoppe.dev/platform/fleet/registry"
	"echoppe.dev/platform/kit/i18n"
	"echoppe.dev/tenant"
	"echoppe.dev/tenant/catalog"
)

// A tree of 100 families with 10 below each and 9 below each of those.
const (
	treeTop, treeMiddle, treeLow = 100, 10, 9
	treeAsked                    = 30
)

// largeTree opens the office's screen of a tree of ten thousand families, signed in over HTTP.
func largeTree(ctx context.Context, r *rig) ([]Row, error) {
	row, shop, err := r.openShop(ctx, "forest")
	if err != nil {
		return nil, err
	}
	open, n, err := plant(ctx, shop)
	if err != nil {
		return nil, fmt.Errorf("plant families: %w", err)
	}
	if err := r.analyse(ctx, row.Schema.String()); err != nil {
		return nil, err
	}
	clerk, err := r.enter(ctx, row)
	if err != nil {
		return nil, fmt.Errorf("enter the office: %w", err)
	}
	screen := r.app.Out.Sites.Office() + "/shops/" + row.Slug + "/families?open=" + open.String()
	var laps []time.Duration
	for range treeAsked {
		watch := startWatch()
		if err := fetch(ctx, clerk, screen); err != nil {
			return nil, err
		}
		laps = append(laps, watch.elapsed())
	}
	slices.Sort(laps)
	return []Row{{
		Measure: fmt.Sprintf("screen of a tree of %d families, p95", n), Ours: lap(percentile(laps, 0.95)), Goal: atMost(1000),
		Note: fmt.Sprintf("Over HTTP, signed in, with one family open; half took up to %.0f ms.", milliseconds(percentile(laps, 0.5))),
	}}, nil
}

// plant grows the tree and gives one of its families.
func plant(ctx context.Context, shop *tenant.Shop) (open catalog.NodeID, n int, err error) {
	err = shop.Write(ctx, func(tx tenant.Tx) error {
		tree, err := catalog.ReadTree(tx)
		if err != nil {
			return err
		}
		families, ok := tree.Taxonomy(catalog.Families)
		if !ok {
			return errors.New("a new shop has no families")
		}
		grow := func(parent catalog.NodeID, name string) (catalog.NodeID, error) {
			n++
			node := catalog.Node{Taxonomy: families.ID, Parent: parent, Visible: true, Position: n,
				Texts: map[i18n.Locale]catalog.NodeText{"fr": {Name: name}}}
			err := catalog.SaveNodeIn(tx, clerk, &node)
			return node.ID, err
		}
		return forest(grow, &open)
	})
	return open, n, err
}

func forest(grow func(parent catalog.NodeID, name string) (catalog.NodeID, error), open *catalog.NodeID) error {
	for i := range treeTop {
		top, err := grow(catalog.NodeID{}, fmt.Sprintf("Rayon %d", i))
		if err != nil {
			return err
		}
		for j := range treeMiddle {
			middle, err := grow(top, fmt.Sprintf("Famille %d.%d", i, j))
			if err != nil {
				return err
			}
			*open = middle
			for k := range treeLow {
				if _, err := grow(middle, fmt.Sprintf("Série %d.%d.%d", i, j, k)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// enter is a browser that is signed in to the office of a shop.
func (r *rig) enter(ctx context.Context, row *registry.Shop) (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	who, err := r.app.Accounts.Invite(ctx, account.Invitation{By: operator, Shop: row.ID, Email: "clerk@example.com", Role: authz.Owner,
		Locale: i18n.French, Allow: func(int) error { return nil }})
	if err != nil {
		return nil, err
	}
	token, err := r.app.Accounts.MakeLink(ctx, who.ID, account.Enter, time.Hour)
	if err != nil {
		return nil, err
	}
	browser := &http.Client{Jar: jar, Transport: &http.Transport{ // every name is this machine
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, r.addr)
		}}}
	return browser, fetch(ctx, browser, r.app.Out.Sites.Office()+account.LinkPath+token)
}

func fetch(ctx context.Context, browser *http.Client, address string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	res, err := browser.Do(req)
	if err != nil {
		return err
	}
	n, err := io.Copy(io.Discard, res.Body)
	if err := errors.Join(err, res.Body.Close()); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK || n == 0 || res.Request.URL.Path != req.URL.Path && req.URL.Query().Has("open") {
		return fmt.Errorf("%s answered %s with %d bytes at %s", address, res.Status, n, res.Request.URL.Path)
	}
	return nil
}
