package pglocal

import "strconv"

// settings are given on the command line, so a folder made by an older release
// runs with today's values and its own configuration file is never edited.
func settings(f folder, runDir string, o Options) []string {
	max := o.MaxConnections
	if max == 0 {
		max = 100
	}
	set := [][2]string{
		{"listen_addresses", ""},
		{"unix_socket_directories", runDir},
		{"unix_socket_permissions", "0700"},
		{"port", socketPort},
		{"cluster_name", f.clusterName()},
		{"max_connections", strconv.Itoa(max)},
		// One statement may touch every table of many shops (fleet migration, drop of
		// a shop): 60 tables and 120 indexes each, times the shops of one wave.
		{"max_locks_per_transaction", "1024"},
		{"TimeZone", "UTC"},
		{"log_timezone", "UTC"},
		{"lc_messages", "C"}, // programProblem reads what the server says
		{"log_line_prefix", "%m [%p] %u@%d "},
		{"log_checkpoints", "off"},
		{"jit", "off"},                           // queries take microseconds, compiling takes milliseconds
		{"max_parallel_workers_per_gather", "0"}, // same reason; also keeps /dev/shm free in containers
		{"random_page_cost", "1.1"},              // solid-state disks
		{"max_worker_processes", "2"},            // nothing of ours uses them
		{"max_logical_replication_workers", "0"},
	}
	if o.Volatile {
		set = append(set, [][2]string{
			{"fsync", "off"}, {"full_page_writes", "off"}, {"synchronous_commit", "off"},
			{"wal_level", "minimal"}, {"max_wal_senders", "0"},
			{"min_wal_size", "2MB"}, {"max_wal_size", "256MB"},
			{"shared_buffers", "64MB"}, {"autovacuum", "off"},
		}...)
	} else {
		set = append(set, [][2]string{
			{"fsync", "on"}, {"synchronous_commit", "on"}, {"wal_compression", "on"},
			{"checkpoint_timeout", "15min"}, {"max_wal_size", "1GB"},
			{"shared_buffers", "128MB"}, {"effective_cache_size", "512MB"},
		}...)
	}
	args := make([]string, 0, 2*len(set))
	for _, kv := range set {
		args = append(args, "-c", kv[0]+"="+kv[1])
	}
	return args
}
