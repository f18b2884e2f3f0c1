/// Words that a shell answers itself, so that no program has to be there for them.
enum ShellWords {
  static let ofTheShell: Set<String> = [
    ".", ":", "[", "[[", "alias", "bg", "break", "builtin", "caller", "case", "cd", "command", "compgen", "complete",
    "continue", "coproc", "declare", "dirs", "disown", "do", "done", "echo", "elif", "else", "enable", "esac", "eval",
    "exec", "exit", "export", "false", "fc", "fg", "fi", "for", "function", "getopts", "hash", "help", "history", "if",
    "in", "jobs", "kill", "let", "local", "logout", "mapfile", "popd", "printf", "pushd", "pwd", "read", "readarray",
    "readonly", "return", "select", "set", "shift", "shopt", "source", "suspend", "test", "then", "time", "times",
    "trap",
    "true", "type", "typeset", "ulimit", "umask", "unalias", "unset", "until", "wait", "while",
  ]
}
