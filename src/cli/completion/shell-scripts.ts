/**
 * What bash, zsh and fish do on Tab: they ask `autocomplete words`, which knows commands, flags and
 * everything that a definition names; where it knows nothing they complete files.
 */

/** Bash breaks words at `=` and `:`, too, and replaces only what comes after. */
export function bashCompletion(bin: string): string {
  return `_${bin}_words()
{
  local line="\${COMP_LINE:0:COMP_POINT}" current="\${COMP_WORDS[COMP_CWORD]}" IFS=$'\\n'
  [[ $current == [=:] ]] && current=
  local word="\${line##* }"
  local -a found=($("\${COMP_WORDS[0]}" autocomplete words -- "$line" 2>/dev/null))
  COMPREPLY=("\${found[@]#"\${word%"$current"}"}")
  [[ \${COMPREPLY[0]} == *= ]] && compopt -o nospace
}

complete -o default -F _${bin}_words ${bin}
`;
}

/** Zsh asks with the line as it was split; what ends in `=` gets no space after it. */
export function zshCompletion(bin: string): string {
  return `#compdef ${bin}

_${bin}() {
  local -a found
  local line="\${(j: :)words[1,CURRENT-1]} $PREFIX"
  found=(\${(f)"$(\${words[1]} autocomplete words -- "$line" 2>/dev/null)"})
  if (( ! $#found )); then
    _files
    return
  fi
  compadd -S '' -- \${(M)found:#*=}
  compadd -- \${found:#*=}
}

_${bin} "$@"
`;
}

/** Fish puts no space after what ends in `=`, and needs to be told of files. */
export function fishCompletion(bin: string): string {
  return `function __${bin}_words
    set -l found (${bin} autocomplete words -- (commandline -cp | string collect) 2>/dev/null)
    if test (count $found) -gt 0
        printf '%s\\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end

complete -c ${bin} -f -a '(__${bin}_words)'
`;
}
