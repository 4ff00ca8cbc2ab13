package bench

import (
	"context"
	"fmt"
	"time"
)

// hotClients is how many connections ask for a page at the same time.
const hotClients = 32

// hotPages compares pages from memory with the barest handler there is, and with nginx.
func hotPages(ctx context.Context, r *rig) ([]Row, error) {
	s, err := r.stocked(ctx)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for _, p := range s.pages() {
		r.say("  %s", p.name)
		more, err := r.hotPage(ctx, s, p)
		rows = append(rows, more...)
		if err != nil {
			return rows, fmt.Errorf("%s: %w", p.name, err)
		}
	}
	return rows, nil
}

// page is one of the kinds of page measured.
type page struct {
	name string
	path string   // of the one that is measured from memory
	all  []string // of many of the kind
}

func (s *stall) pages() []page {
	return []page{{"product page", s.products[0], s.products}, {"family page", s.families[0], s.families}}
}

func (r *rig) hotPage(ctx context.Context, s *stall, p page) ([]Row, error) {
	ours, err := r.page(s.row, p.path)
	if err != nil {
		return nil, err
	}
	copied, err := capture(ctx, ours)
	if err != nil {
		return nil, err
	}
	bareAddr, stopBare, err := serveBare(ctx, copied)
	if err != nil {
		return nil, err
	}
	defer stopBare()
	bare := ours
	bare.addr = bareAddr
	contestants := []contestant{{"échoppe", ours.play}, {"bare handler", bare.play}}
	if findNginx() != "" {
		addr, stop, err := startNginx(ctx, r.data, copied)
		if err != nil {
			return nil, err
		}
		defer stop()
		static := load{addr: addr, host: ours.host, path: "/" + pageFile, clients: ours.clients}
		contestants = append(contestants, contestant{"nginx", static.play})
	}
	scores, err := duel(ctx, r.timing(), contestants...)
	if err != nil {
		return nil, err
	}
	return hotRows(p, copied, scores), nil
}

func hotRows(p page, copied answer, scores []score) []Row {
	us, bare := scores[0], scores[1]
	name := "hot " + p.name
	rows := []Row{
		{Measure: name, Ours: Value{us.rate, "req/s"}, Reference: Value{bare.rate, "req/s"}, Against: "bare net/http",
			Goal: ratioAtLeast(0.6), Note: fmt.Sprintf("%d connections; %.1f kB compressed, %.1f kB of headers; load generator on the same machine.",
				hotClients, float64(len(copied.body))/1000, float64(copied.headerBytes())/1000)},
		{Measure: name + ", p99", Ours: lap(us.p99), Reference: lap(bare.p99), Against: "bare net/http"},
		{Measure: name + ", CPU a request", Ours: microseconds(us.cpu), Reference: microseconds(bare.cpu), Against: "bare net/http",
			Note: "Server and load generator together, the same generator in both; hardly moved by what else the machine does."},
	}
	if len(scores) < 3 {
		return rows
	}
	nginx := scores[2]
	return append(rows,
		Row{Measure: name, Ours: Value{us.rate, "req/s"}, Reference: Value{nginx.rate, "req/s"}, Against: "nginx, a file"},
		Row{Measure: name + ", p99", Ours: lap(us.p99), Reference: lap(nginx.p99), Against: "nginx, a file"})
}

func microseconds(d time.Duration) Value {
	return Value{float64(d) / float64(time.Microsecond), "µs"}
}

func lap(d time.Duration) Value { return Value{milliseconds(d), "ms"} }
