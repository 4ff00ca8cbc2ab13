# make run       the shop on http://localhost:8080, from a clean clone
# make test      the whole suite, browser included
# make bench     the measurements
# make carts     a million random carts against the laws of prices: CARTS=5000 for fewer
# PORT and DATA choose the port and the data folder: make run PORT=9000 DATA=/srv/echoppe

PORT ?= 8080
DATA ?= ./var

# What is built and fetched here; make clean removes it. Data is never in here.
BIN := bin
AXE := $(BIN)/axe
TOOL := go tool -modfile=deploy/install/tools.mod

# nodynamic: pictures are compressed by the same encoder on every machine, inside a sandbox, whatever
# libraries a machine has (see tenant/media/doc.go).
TAGS := -tags=nodynamic

# Git refuses to speak about a clone that belongs to another user, and then go build
# would fail over a version stamp.
BUILD := go build $(TAGS) -buildvcs=$(shell git rev-parse HEAD >/dev/null 2>&1 && echo auto || echo false)

# What is linked for one test needs no tables for debuggers: a hundred of them link in half the time. vet has
# run before.
TEST_BUILD := -vet=off -ldflags='-s -w'

# One package may start a server, a browser and a fleet; a hang should still be seen.
TEST_FLAGS ?= -count=1 -timeout=15m

.PHONY: run test carts bench build generate lint vet clean

run:
	@sh deploy/install/need.sh run
	@$(MAKE) --no-print-directory build
	@PORT='$(PORT)' DATA='$(DATA)' exec ./$(BIN)/echoppe demo

build:
	@mkdir -p $(BIN)
	$(BUILD) -o $(BIN)/echoppe ./cmd/echoppe

test: export AXE_CORE = $(CURDIR)/$(AXE)/axe.min.js
test: export JUDGES = $(CURDIR)/$(BIN)/judges
test:
	@sh deploy/install/need.sh test
	@sh deploy/install/axe.sh $(AXE)
	@sh deploy/install/judges.sh $(BIN)/judges
	@$(MAKE) --no-print-directory vet
	go test $(TAGS) $(TEST_BUILD) $(TEST_FLAGS) ./...

# One core: the machine stays usable meanwhile. The count stands in what it prints.
CARTS ?= 1000000
carts:
	PRICE_CARTS=$(CARTS) go test $(TAGS) -count=1 -timeout=6h -cpu=1 -v -run='^TestCarts' ./tenant/pricefile

bench:
	@sh deploy/install/need.sh run
	@$(MAKE) --no-print-directory build
	@./$(BIN)/echoppe bench

# vet is what must hold before a test is worth running.
vet:
	@unformatted=$$(gofmt -l .) && if [ -n "$$unformatted" ]; then \
		echo "not formatted, run gofmt -w:"; echo "$$unformatted"; exit 1; fi
	go vet $(TAGS) ./...

lint: vet
	$(TOOL) staticcheck $(TAGS) ./...
	@if command -v shellcheck >/dev/null; then shellcheck .ci/run deploy/install/*.sh; fi

# generate makes the Go code of the screens from their templates.
generate:
	$(TOOL) templ generate
	go generate ./...

clean:
	rm -rf $(BIN)
