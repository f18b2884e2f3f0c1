extension RemoteProgram {
  /// What every program begins with: functions only. It travels without its comments and its indentation, and holds no
  /// single quote, so that it can be passed on as one literal.
  ///
  /// A program is a pipeline of two: the worker, which runs the checks, and the warden, which ends them. A ticker writes
  /// a line a second to the warden, since a POSIX shell cannot wait for a while or a line, whichever comes first. The
  /// warden, the ticker and each check have sessions of their own where there is setsid(1), so that one signal reaches
  /// all of a check and none of it reaches the warden.
  ///
  /// Names begin with `tk_`. Descriptors: 3 and 4 are the channel's stdout and stderr, 7 the way of a check's status
  /// to its frame, 8 a check's stdout on its way to its cap, 9 the warden's input. Korn shells keep descriptors above 2
  /// from the programs that they start, unless these are named.
  static let prelude = annotatedPrelude.split(separator: "\n").map { line in line.drop { $0 == " " } }
    .filter { !$0.hasPrefix("#") }.map { $0 + "\n" }.joined()

  private static let annotatedPrelude = #"""
    tk_has() { command -v "$1" >/dev/null 2>&1; }

    # How what a check started is found again: by its session; by TENKEN_CHECK in its environment; by its parents' pids.
    tk_s= tk_mark= tk_walk=
    if tk_has setsid; then tk_s=setsid; fi
    if tk_has tr && tk_has sed && [ -r /proc/self/environ ]; then tk_mark=y; fi
    if tk_has ps && tk_has awk; then tk_walk=y; fi

    # printf is a program in mksh, and a program shows its arguments to everybody and takes no more than 128 KiB.
    case ${KSH_VERSION-} in
    "") tk_say() { printf "%s\n" "$1"; }; tk_put() { printf %s "$1"; } ;;
    *) tk_say() { print -r -- "$1"; }; tk_put() { print -rn -- "$1"; } ;;
    esac

    # Ends the session that PID leads, or where there are no sessions PID and what it started. PID ID
    tk_end() {
      if [ -n "$tk_s" ]; then kill -s KILL -- "-$1"; return; fi 2>/dev/null
      if [ -z "$tk_mark" ] && [ -n "$tk_walk" ]; then tk_below "$1"; fi
      kill -s KILL "$1" 2>/dev/null
      tk_sweep "$2"
    }
    # The descendants of PID but those of the ticker, it included.
    tk_below() {
      for tk_p in $(ps -A -o pid= -o ppid= | awk -v root="$1" -v but="${tk_ticker:-}" "
        { up[\$1] = \$2 }
        END {
          for (p in up) {
            for (q = p; q in up && q != but && q != root;) q = up[q]
            if (q == root && p != q) print p
          }
        }"); do
        kill -s KILL "$tk_p" 2>/dev/null
      done
    }

    # Ends every process of the program whose check is ID, a pattern; helpers of the program have an empty one. What
    # forks meanwhile is found in the next round.
    tk_sweep() {
      for tk_round in 1 2 3 4 5; do
        tk_hit=
        for tk_p in $(tk_marked "$1"); do
          if [ "$tk_p" != "$$" ] && kill -s KILL "$tk_p" 2>/dev/null; then tk_hit=y; fi
        done
        if [ -z "$tk_hit" ]; then return; fi
      done
    }
    # head names each file in a line of its own; sed keeps the variable and before it the file that it stands in.
    tk_marked() {
      [ -n "$tk_mark" ] || return
      head -c 999999 /proc/[0-9]*/environ 2>/dev/null | tr "\0" "\n" | sed -n "/^==> /h;/^TENKEN_CHECK=/{x;p;x;p;}" |
        while read -r tk_a tk_b tk_c; do
          case $tk_a in
          "==>") tk_b=${tk_b#/proc/} tk_file=${tk_b%/environ} ;;
          "TENKEN_CHECK=$tk_fact/"$1) tk_say "$tk_file" ;;
          esac
        done
    }

    # Milliseconds from a clock that goes on; "-" where there is none.
    tk_clock() {
      tk_ms=- tk_u=
      if [ -r /proc/uptime ]; then read -r tk_u tk_x </proc/uptime; fi
      case $tk_u in
      [1-9]*.[0-9][0-9]) tk_ms=${tk_u%.*}${tk_u#*.}0 ;;
      *)
        tk_u=$(date +%s 2>/dev/null)
        case $tk_u in [1-9]*[0-9]) tk_ms=${tk_u}000 ;; esac
        ;;
      esac
    }
    tk_begin() {
      tk_clock
      tk_now=0 tk_start=$tk_ms
    }
    # Whole seconds since then. Where there is no clock only the warden counts, by its ticks.
    tk_time() {
      tk_clock
      if [ "$tk_ms" != - ]; then tk_now=$(((tk_ms - tk_start) / 1000)); fi
    }

    # A frame that cannot be written ends the worker: nobody listens any longer.
    tk_frame() {
      tk_say "
    $tk_n $*" || exit 1
      tk_say "
    $tk_n $*" >&2 || exit 1
    }

    # Whether this is one of the distributions of SYSTEMS, each an ID or ID:MAJOR of os-release(5).
    tk_fits() {
      tk_os= tk_major=
      for tk_w in /etc/os-release /usr/lib/os-release; do
        if [ -n "$tk_os" ] || [ ! -r "${TENKEN_ROOT-}$tk_w" ]; then continue; fi
        while IFS= read -r tk_line || [ -n "$tk_line" ]; do
          tk_v=${tk_line#*=}
          tk_v=${tk_v#[\"$tk_q]} tk_v=${tk_v%[\"$tk_q]}
          case $tk_line in
          ID=*) tk_os=$tk_v ;;
          VERSION_ID=*) tk_major=${tk_v%%.*} ;;
          esac
        done <"${TENKEN_ROOT-}$tk_w"
      done
      if [ -z "$tk_os" ]; then tk_status=lacks:os-release; return; fi
      for tk_w in $1; do
        case $tk_w in "$tk_os" | "$tk_os:$tk_major") return ;; esac
      done
      tk_status=system
    }

    # A check between its frames. Each stream goes through a head that ends at the cap; one byte more tells that it was
    # reached. ID DIGEST SECONDS CAP INTERPRETER PROGRAMS SYSTEMS TITLE SCRIPT
    # [NAME=VALUE]...
    tk_run() {
      tk_frame b "$1" "$2"
      tk_status= tk_took=- tk_over=expired tk_secs=$3
      for tk_w in "$5" head sleep cat $6; do
        tk_has "$tk_w" || { tk_status=lacks:$tk_w; break; }
      done
      if [ -z "$tk_status" ] && [ -n "$7" ]; then tk_fits "$7"; fi
      tk_time
      if [ "$((tk_limit - tk_now))" -lt "$tk_secs" ]; then tk_over=cut tk_secs=$((tk_limit - tk_now)); fi
      if [ -z "$tk_status" ] && [ "$tk_secs" -le 0 ]; then tk_status=cut; fi
      if [ -z "$tk_status" ]; then
        tk_began=$tk_ms
        tk_status=$({ { tk_exec "$@" 2>&1 >&8 8>&- | head -c "$4" >&4 7>&- 8>&- 9>&-; } 8>&1 |
          head -c "$4" >&3 7>&- 9>&-; } 7>&1)
        echo end >&9
        tk_clock
        case $tk_status in "" | *[!0-9]*) tk_status=255 ;; esac
        if [ "$tk_began" != - ] && [ "$tk_ms" != - ]; then
          tk_took=$((tk_ms - tk_began))
          # The warden kills no earlier.
          if [ "$tk_took" -ge "$((tk_secs * 1000))" ]; then tk_status=$tk_over; fi
        fi
      fi
      # The parents' pids find only what has not left its parents.
      case $tk_s$tk_mark,$tk_walk,$tk_status in
      ,,* | ,y,expired) tk_say "tenken: without setsid and /proc, what this check started may run on unseen" >&2 ;;
      esac
      tk_frame e "$1" "$tk_status" "$tk_took"
    }
    # Each interpreter gets the script whole before it runs, as its main program, with TITLE for its name and standard
    # input at its end. Perl reads it from a descriptor, so that it has its DATA and callers; -B keeps Python from writing
    # what it compiles into the directories of its modules.
    tk_newline="
    "
    tk_python="import sys; sys.argv = sys.argv[1:]; __file__ = sys.argv[0]
    exec(compile(sys.stdin.buffer.read(), __file__, \"exec\"))"
    tk_exec() {
      tk_id=$1 tk_sh=$5 tk_name=$8 tk_script=$9
      shift 9
      {
        if [ "$tk_sh" = perl ]; then tk_say "BEGIN { \$0 = shift }" && tk_say "# line 1 \"$tk_name\""; fi
        tk_put "$tk_script"
      } | {
        for tk_w in "$@" "TENKEN_NONCE=$tk_fact" "TENKEN_CHECK=$tk_fact/$tk_id"; do export "$tk_w"; done
        case $tk_sh in
        perl)
          # Taint checks are asked for in the first line, and have to be here as well.
          case ${tk_script%%"$tk_newline"*} in *" -"*T*) tk_taint=-T ;; *) tk_taint= ;; esac
          exec $tk_s perl $tk_taint /dev/fd/5 "$tk_name" 5<&0 </dev/null 3>&- 4>&- 7>&- 9>&-
          ;;
        python3) exec $tk_s python3 -B -c "$tk_python" "$tk_name" 3>&- 4>&- 7>&- 9>&- ;;
        *) exec $tk_s "$tk_sh" -c "eval \"\$(cat)\"" "$tk_name" 3>&- 4>&- 7>&- 9>&- ;;
        esac
      } &
      tk_pid=$!
      echo "begin $tk_pid $tk_secs $tk_id" >&9
      wait "$tk_pid" 2>/dev/null
      tk_status=$?
      tk_end "$tk_pid" "$tk_id"
      echo "$tk_status" >&7
    }

    # Whether a process runs: one that has ended, and that nobody waits for, answers kill as well. An init that waits for
    # nobody is found in containers. PID
    tk_lives() {
      kill -0 "$1" || return 1
      tk_stat=
      read -r tk_stat <"/proc/$1/stat"
      case $tk_stat in *") Z "*) return 1 ;; esac
    }

    # The warden. Each second it looks whether a check is over its time, and whether who listens is still there: the
    # server's process of this session, and the worker. Once the worker has done all, what checks left behind is
    # ended; in any other end, everything is. Reading from /proc may hang on a sick machine: the warden does not wait for
    # that. PARENT TOP LIMIT
    tk_watch() {
      tk_fact=${TENKEN_CHECK%/} tk_due= tk_late= tk_worker=$2 tk_ticker=
      tk_begin
      while read -r tk_word tk_a tk_b tk_c; do
        case $tk_word in
        worker) tk_worker=$tk_a ;;
        ticker) tk_ticker=$tk_a ;;
        begin)
          tk_time
          tk_pid=$tk_a tk_due=$((tk_now + tk_b)) tk_id=$tk_c tk_late=
          ;;
        end) tk_due= tk_late= ;;
        quit)
          tk_end "$tk_ticker" -
          tk_sweep "?*" &
          return
          ;;
        tick)
          tk_now=$((tk_now + 1))
          tk_time
          if [ -n "$tk_due" ] && [ "$tk_now" -gt "$tk_due" ]; then
            # Without sessions and marks, what left its parents may still hold the pipes: the worker is freed from them
            # with the next tick, and only if it has not gone on. What it does then would be the next check.
            if [ -n "$tk_late" ]; then tk_below "$tk_worker"; else tk_end "$tk_pid" "$tk_id"; fi
            if [ -n "$tk_s$tk_mark" ]; then tk_sweep "$tk_id" & fi
            if [ -n "$tk_s$tk_mark$tk_late" ]; then tk_due=; else tk_late=y; fi
          fi
          # By now the worker has cut what was left, unless it hangs.
          if [ "$tk_now" -gt "$(($3 + 5))" ] || ! tk_lives "$1" || ! tk_lives "$tk_worker"; then break; fi
          ;;
        esac
      done
      kill -s KILL "$tk_worker" "$2"
      if [ -n "$tk_due" ]; then tk_end "$tk_pid" "$tk_id"; fi
      tk_sweep "*"
    }

    # The worker and the warden.
    tk_main() {
      umask 077
      cd /
      exec 3>&1 4>&2 </dev/null
      export TENKEN_CHECK="$tk_fact/"
      tk_begin
      # Dropbear's process of the session belongs to root, and does not show an ordinary user whether it lives.
      kill -0 "$tk_parent" 2>/dev/null || tk_parent=$$
      {
        # The worker waits for this one, so that its pid is that of the worker and of nobody who took the worker's place.
        sh -c "echo \"worker \$PPID\"" >&9 3>&- 4>&- 9>&-
        $tk_s sh -c "echo \"ticker \$\$\"; while sleep 1 && echo tick; do :; done" \
          >&9 2>/dev/null 3>&- 4>&- 9>&- &
        tk_checks
        echo quit >&9
      } 9>&1 >&3 2>&4 |
        $tk_s sh -c "eval \"\$1\"; tk_watch \"\$2\" \"\$3\" \"\$4\"" warden \
          "$tk_prelude" "$tk_parent" "$$" "$tk_limit" >/dev/null 2>&1 3>&- 4>&-
      exit 0
    }

    # The checks that need root, in one shell of root's. The first line that it writes on stderr says that it is there;
    # what comes before are the words of sudo or doas. Both close all descriptors above 2. TEXT (ID DIGEST)...
    tk_root() {
      tk_text=$1
      shift
      if [ "$(id -u)" = 0 ]; then eval "$tk_text"; return; fi
      if tk_has sudo; then tk_as=sudo; elif tk_has doas; then tk_as=doas; else
        tk_say "there is neither sudo nor doas here" | tk_hear "$@"
        return
      fi
      tk_time
      tk_say "exit #tenken
    {
    $tk_settings
    tk_prelude=$tk_q$tk_prelude$tk_q
    tk_limit=$((tk_limit - tk_now)) tk_parent=$$
    eval \"\$tk_prelude\"
    if [ \"\$(id -u)\" != 0 ]; then tk_say \"$tk_as does not give root\" >&2; exit; fi
    tk_lives $$ || exit
    tk_say \"
    \$tk_n root\" >&2
    tk_checks() {
    $tk_text}
    tk_main
    }" | $tk_as -n /bin/sh -c "exec /usr/bin/env -i /bin/sh -c \"\$0\"" "$tk_loader" 2>&1 >&3 3>&- 4>&- 9>&- |
        tk_hear "$@"
    }
    tk_hear() {
      tk_words=
      while IFS= read -r tk_line || [ -n "$tk_line" ]; do
        if [ "$tk_line" = "$tk_n root" ]; then cat >&2; return; fi
        if [ "${#tk_words}" -lt 400 ]; then tk_words="${tk_words:+$tk_words }$tk_line"; fi
      done
      tk_words=$(tk_say "${tk_words:-$tk_as said nothing}" | head -c 400)
      while [ "$#" -gt 0 ]; do
        tk_frame b "$1" "$2"
        tk_say "$tk_words" >&2
        tk_frame e "$1" root -
        shift 2
      done
      tk_frame t "$tk_count"
    }
    """#
}
