package main_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"echoppe.dev/cmd/internal/apptest"
)

const (
	killBuyers  = 100
	killNotices = 3 // what the bank sends of each payment at the same moment
	killRounds  = 2 // KILL_ROUNDS says otherwise
)

// trusting is the choice of contracts whose bank signs nothing to believe it all the same.
const trusting = "none"

// amazon's bank tells nothing before the buyer is back and the shop has asked for the money, and here nobody comes back.
const amazon = "amazonpay"

// PGW-04 PGW-22: a hundred buyers pay, the bank tells of each three times at once, and meanwhile the database and the program are
// killed at random. When the dust settles every order is paid exactly once, by count, by ledger and by amount.
func TestKill(t *testing.T) {
	rounds := killRounds
	if text := os.Getenv("KILL_ROUNDS"); text != "" {
		rounds, _ = strconv.Atoi(text)
	}
	data, port := filepath.Join(t.TempDir(), "data"), apptest.FreePort(t)
	demo := apptest.StartDemo(t, data, port)
	place := demo.Join(t)
	shop := place.NewShop(t, "kill")
	shop.Stock(t, "Tasse", "24.00", killBuyers)
	ways := []string{byCard}
	known := map[string]bool{}
	for _, brand := range place.App.Rooms.Gateways.Brands() { // one of each family
		if !known[brand.Family] && brand.Family != amazon {
			known[brand.Family] = true
			ways = append(ways, connectWith(t, place, shop, brand, map[string]string{"review": trusting})) // nobody is there to look
		}
	}
	tokens := make([]string, killBuyers)
	for i := range tokens {
		b := shopper(t, shop, place.Visitor(t, "fr"), "Tasse", "1")
		order(t, shop, b, ways[i%len(ways)])
		toBank(t, b)
		tokens[i] = path.Base(b.Path())
	}

	client, bank := localClient(port), "http://bank.localhost:"+port
	dice := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	t.Logf("%d kills", rounds)
	var pressing sync.WaitGroup
	work := make(chan string)
	for range 8 {
		pressing.Go(func() {
			for token := range work {
				time.Sleep(time.Duration(rand.IntN(rounds*100)) * time.Millisecond) // the buyers come all the while
				stubborn(t, client, bank+"/pay/"+token, url.Values{"card": {"silent"}, "quirk": {"duplicate"}})
			}
		})
	}
	go func() {
		for _, token := range tokens {
			work <- token
		}
		close(work)
	}()
	for range rounds {
		time.Sleep(time.Duration(50+dice.IntN(400)) * time.Millisecond)
		if dice.IntN(2) == 0 {
			if pid, err := postmaster(data); err == nil {
				t.Log("the database is killed")
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
			apptest.Eventually(t, "the program to be well again", func() bool { return healthy(client, port) })
			continue
		}
		t.Log("the program is killed")
		demo.Kill(t)
		demo = apptest.StartDemo(t, data, port)
	}
	pressing.Wait()
	apptest.Eventually(t, "the program to be well at the end", func() bool { return healthy(client, port) })
	place, shop = reopen(t, demo, shop)
	for _, token := range tokens { // whatever nobody heard is told again
		stubborn(t, client, bank+"/log/"+token, url.Values{"do": {"again"}})
	}

	apptest.Within(t, 2*time.Minute, "all orders to be paid", func() bool {
		return shop.Count(t, "select count(*) from orders where state = 'paid' and paid = total and refunded = 0") == killBuyers
	})
	time.Sleep(time.Second) // late repetitions change nothing
	type books struct {
		Orders, Captured, Applied, Pieces int
		Owed, Came                        string
	}
	got := apptest.Ask[books](t, shop, `select
		(select count(*) from orders where paid = total) as orders,
		(select count(*) from payments where state = 'captured') as captured,
		(select count(*) from payment_events where event = 'capture' and outcome = 'applied') as applied,
		(select sum(on_hand) from variants) as pieces,
		(select sum(total)::text from orders) as owed, (select sum(captured)::text from payments) as came`)
	want := books{Orders: killBuyers, Captured: killBuyers, Applied: killBuyers, Pieces: 0, Owed: got.Owed, Came: got.Owed}
	if got != want || got.Owed == "" {
		t.Errorf("%+v, want %+v", got, want)
	}
	if n := shop.Count(t, "select count(*) from order_events where kind = 'alert'"); n != 0 {
		t.Errorf("%d alerts", n)
	}
}

// healthy tells whether the program says that it can work.
func healthy(client *http.Client, port string) bool {
	answer, err := client.Get("http://localhost:" + port + "/readyz")
	if err != nil {
		return false
	}
	_ = answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// localClient finds names below localhost on this machine.
func localClient(port string) *http.Client {
	return &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, "127.0.0.1:"+port)
		},
	}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// stubborn posts until somebody answers, for a minute.
func stubborn(t testing.TB, client *http.Client, to string, fields url.Values) {
	ctx, done := context.WithTimeout(t.Context(), time.Minute)
	defer done()
	var err error
	for ctx.Err() == nil {
		request, bad := http.NewRequestWithContext(ctx, http.MethodPost, to, strings.NewReader(fields.Encode()))
		if bad != nil {
			panic(bad)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		var answer *http.Response
		if answer, err = client.Do(request); err == nil {
			_, _ = io.Copy(io.Discard, answer.Body)
			_ = answer.Body.Close()
			if answer.StatusCode < http.StatusInternalServerError {
				return
			}
			err = fmt.Errorf("answer %d", answer.StatusCode)
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("%s: %v", to, err)
}
