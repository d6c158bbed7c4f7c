# Starts and stops a sandbox for the scripts that source this.

# Runs the command, which starts a sandbox, and exports the variables that it prints. They are also in the file `printed`.
start_sandbox() {
	"$@" --port 0 >printed &
	sandbox=$!
	# It prints where it listens once it does.
	tries=100
	until grep -q HMS_SECRET printed; do
		tries=$((tries - 1))
		if [ "$tries" -eq 0 ] || ! kill -0 "$sandbox"; then
			echo "the sandbox does not listen" >&2
			exit 1
		fi
		sleep 0.1
	done
	eval "$(tr -d '\r' <printed | grep '^export ')"
}

# Stops the sandbox, if one runs, and forgets its variables: clients of tests would read them.
stop_sandbox() {
	if [ -z "${sandbox:-}" ]; then return; fi
	kill "$sandbox"
	sandbox=
	for name in $(tr -d '\r' <printed | sed -n 's/^export \([A-Z_]*\)=.*/\1/p'); do unset "$name"; done
}
