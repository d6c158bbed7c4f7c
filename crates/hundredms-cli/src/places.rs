//! [`Places`]: which arguments of the command are files. `clap_complete` does not say it of arguments without a name.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::{Arg, Command, ValueHint};

/// Where the command takes files.
#[derive(Debug, Default)]
pub(crate) struct Places {
    /// The options whose value is the next word: `--limit 20`.
    valued: BTreeSet<String>,
    /// Those whose value is a file or a folder.
    files: BTreeSet<String>,
    /// The words of a command, and how many words there are before an argument that is a file.
    arguments: Vec<(String, usize)>,
}

impl Places {
    /// Look through a built command.
    pub(crate) fn of(command: &Command) -> Self {
        let mut places = Self::default();
        places.look(command, &mut Vec::new());
        places
    }

    fn look<'a>(&mut self, command: &'a Command, path: &mut Vec<&'a str>) {
        for argument in command.get_opts() {
            for name in names(argument) {
                if is_file(argument) {
                    self.files.insert(name.clone());
                }
                self.valued.insert(name);
            }
        }
        for (place, argument) in command.get_positionals().enumerate() {
            if is_file(argument) {
                self.arguments.push((path.join(" "), path.len() + place));
            }
        }
        for inner in command.get_subcommands() {
            path.push(inner.get_name());
            self.look(inner, path);
            path.pop();
        }
    }

    /// Return what is added for fish.
    pub(crate) fn fish(&self) -> String {
        let mut text = String::from(
            "
# Return whether so many words are before the cursor that are no options. The others are the options that take a word.
function __fish_hundredms_after
    set -l left $argv[1]
    set -l is_value 0
    for word in (commandline -opc)[2..]
        if test $is_value = 1
            set is_value 0
        else if contains -- $word $argv[2..]
            set is_value 1
        else if not string match -qr -- '^-.' $word
            set left (math $left - 1)
        end
    end
    test $left = 0 -a $is_value = 0
end

complete -c hundredms -f
",
        );
        let valued = joined(&self.valued, " ");
        for (path, before) in &self.arguments {
            let mut condition = format!("__fish_hundredms_after {before} {valued}");
            let (first, rest) = path.split_once(' ').unwrap_or((path, ""));
            let _ = write!(condition, "; and __fish_hundredms_using_subcommand {first}");
            if !rest.is_empty() {
                let _ = write!(condition, "; and __fish_seen_subcommand_from {rest}");
            }
            let _ = writeln!(text, "complete -c hundredms -n \"{condition}\" -F");
        }
        text
    }

    /// Return what is added for bash.
    pub(crate) fn bash(&self) -> String {
        let valued = joined(&self.valued, " ");
        let patterns = self.patterns(|pattern| format!("\"{pattern}\"*"));
        let patterns = patterns.join("|");
        format!(
            "
# Offer files only where an argument is one.
_hundredms_with_files() {{
    _hundredms \"$@\"
    local word is_value=0 count=0 words=\"\" IFS=$' \\t\\n'
    for word in \"${{COMP_WORDS[@]:1:COMP_CWORD-1}}\"; do
        if [[ $word == \"=\" ]]; then
            is_value=1
        elif [[ $is_value == 1 ]]; then
            is_value=0
        elif [[ \" {valued} \" == *\" $word \"* ]]; then
            is_value=1
        elif [[ $word != -?* ]]; then
            count=$((count + 1))
            words=\"$words$word \"
        fi
    done
    if [[ $is_value == 0 && $2 != -* ]]; then
        case \"$count:$words\" in
            {patterns})
                IFS=$'\\n'
                COMPREPLY=( $(compgen -f -- \"$2\") )
                if [[ \"${{BASH_VERSINFO[0]}}\" -ge 4 ]]; then
                    compopt -o filenames
                fi
                ;;
        esac
    fi
}}

complete -F _hundredms_with_files -o nosort hundredms 2>/dev/null || complete -F _hundredms_with_files hundredms
"
        )
    }

    /// Return what `script`, that of PowerShell, is with this.
    pub(crate) fn power_shell(&self, script: &str) -> String {
        let list = |names: &BTreeSet<String>| format!("'{}'", joined(names, "', '"));
        let patterns = self.patterns(|pattern| format!("$place -clike '{pattern}*'"));
        let Some((before, _)) = script.rsplit_once("    $completions.Where{") else {
            return script.to_owned();
        };
        format!(
            "{before}    $found = @($completions.Where{{ $_.CompletionText -like \"$wordToComplete*\" }} |
        Sort-Object -Property ListItemText)
    if ($found.Count -gt 0) {{
        return $found
    }}
    # PowerShell offers files where there is no completion. An empty text is one.
    $option = $null
    $words = @()
    for ($i = 1; $i -lt $commandElements.Count; $i++) {{
        $element = $commandElements[$i].Extent
        if ($element.EndOffset -ge $cursorPosition) {{
            break
        }}
        if ($option) {{
            $option = $null
        }} elseif (@({valued}) -contains $element.Text) {{
            $option = $element.Text
        }} elseif ($element.Text -notmatch '^-.') {{
            $words += $element.Text
        }}
    }}
    $place = \"$($words.Count):$($words -join ' ') \"
    if ($option) {{
        $isFile = @({files}) -contains $option
    }} else {{
        $isFile = {patterns}
    }}
    if (-not $isFile) {{
        ''
    }}
}}
",
            valued = list(&self.valued),
            files = list(&self.files),
            patterns = patterns.join(" -or "),
        )
    }

    /// Return the beginning of the words before each argument that is a file, with their number.
    fn patterns(&self, written: impl Fn(&str) -> String) -> Vec<String> {
        let pattern = |(path, before): &(String, usize)| written(&format!("{before}:{path} "));
        self.arguments.iter().map(pattern).collect()
    }
}

fn joined(names: &BTreeSet<String>, between: &str) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.join(between)
}

fn names(argument: &Arg) -> impl Iterator<Item = String> {
    let long = argument.get_long().map(|name| format!("--{name}"));
    let short = argument.get_short().map(|name| format!("-{name}"));
    long.into_iter().chain(short)
}

fn is_file(argument: &Arg) -> bool {
    let hint = argument.get_value_hint();
    matches!(hint, ValueHint::FilePath | ValueHint::DirPath)
}
