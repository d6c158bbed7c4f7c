//! `operation!`: requests, their rows in the operation table, and their methods.

/// Whether a field of an operation is in this section.
macro_rules! in_section {
    (query query => $do:expr) => {
        $do
    };
    (body body => $do:expr) => {
        $do
    };
    (path path => $do:expr) => {
        $do
    };
    (whole whole => $do:expr) => {
        $do
    };
    (token token => $do:expr) => {
        $do
    };
    ($section:ident $other:ident => $do:expr) => {};
}

/// Add a query parameter, or the default page size.
macro_rules! put_query {
    ($query:ident $name:expr, $value:expr, [page_size] $($rest:tt)*) => {
        $query.put_page_size($name, *$value)
    };
    ($query:ident $name:expr, $value:expr, $($rest:tt)*) => {
        $query.put($name, $value)
    };
}

/// Where a list has its items and cursor, and which argument takes the cursor.
macro_rules! paged {
    ($name:ident $answer:tt) => {};
    // The cursor of the response is sent back as `start`.
    ($name:ident $answer:ident $cursor:ident $items:ident [$item:ident]) => {
        impl $crate::paging::Paged for $name {
            type Item = $item;

            fn resume(&mut self, cursor: String) {
                $crate::define::cursor_param!(self cursor $cursor);
            }

            fn items(answer: $answer) -> Vec<$item> {
                answer.$items
            }
        }
    };
}

macro_rules! cursor_param {
    ($self:ident $value:ident page) => {
        // A cursor that is not a number is refused when the request is checked.
        $self.page = Some($value.parse().unwrap_or(0))
    };
    ($self:ident $value:ident $cursor:ident) => {
        $self.start = Some($value)
    };
}

macro_rules! cursor_of {
    ($answer:ident) => {{
        let _ = $answer;
        None
    }};
    ($answer:ident page) => {
        $answer
            .pagination
            .has_next
            .then(|| ($answer.pagination.current_page + 1).to_string())
    };
    ($answer:ident $cursor:ident) => {
        $answer.$cursor.clone().filter(|cursor| !cursor.is_empty())
    };
}

/// How the table describes paging.
macro_rules! paging_info {
    () => {
        None
    };
    ($cursor:ident $items:ident [$($other:ident)*]) => {
        Some($crate::operation::Paging {
            items: stringify!($items),
            or: &[$(stringify!($other)),*],
            cursor: $crate::define::cursor!($cursor),
        })
    };
}

/// Return whether this request may be sent again when the outcome of the first attempt is unknown.
macro_rules! repeatable {
    ($self:ident always) => {
        true
    };
    ($self:ident if_unsent) => {
        false
    };
    ($self:ident if_named) => {
        $self.name.is_some()
    };
}

/// The method of the resource that makes the call.
macro_rules! method {
    ([$($m:tt)*] $name:ident $resource:ident $method:ident () paged) => {
        impl $crate::resources::handles::$resource {
            $($m)*
            pub fn $method(&self, request: $name) -> $crate::paging::Pager<$name> {
                self.client.list(request)
            }
        }
    };
    ([$($m:tt)*] $name:ident $resource:ident $method:ident ($($arg:ident),+) paged) => {
        impl $crate::resources::handles::$resource {
            $($m)*
            pub fn $method(&self, $($arg: impl Into<String>),+) -> $crate::paging::Pager<$name> {
                self.client.list($name::new($($arg),+))
            }
        }
    };
    ([$($m:tt)*] $name:ident $resource:ident $method:ident () once) => {
        impl $crate::resources::handles::$resource {
            $($m)*
            pub fn $method(&self, request: $name) -> $crate::call::Call<$name> {
                self.client.send(request)
            }
        }
    };
    ([$($m:tt)*] $name:ident $resource:ident $method:ident ($($arg:ident),+) once) => {
        impl $crate::resources::handles::$resource {
            $($m)*
            pub fn $method(&self, $($arg: impl Into<String>),+) -> $crate::call::Call<$name> {
                self.client.send($name::new($($arg),+))
            }
        }
    };
}

macro_rules! once_or_paged {
    ([$($m:tt)*] $name:ident $resource:ident $method:ident ($($arg:ident),*)) => {
        $crate::define::method! { [$($m)*] $name $resource $method ($($arg),*) once }
    };
    ([$($m:tt)*] $name:ident $resource:ident $method:ident ($($arg:ident),*) $cursor:ident) => {
        $crate::define::method! { [$($m)*] $name $resource $method ($($arg),*) paged }
    };
}

/// One operation: its request, its row in the operation table, and its method.
///
/// ```text
/// operation! {
///     /// What it does.
///     GetRoom: "rooms.get" = GET "/rooms/{room_id}" -> Room;
///     method Rooms::get(room_id); docs "Rooms/retrieve-room"; retry always;
///     path {
///         /// Id of the room.
///         room_id,
///     }
/// }
/// ```
///
/// After `retry` follow, in this order and each optional: `look at` (the operation that shows the effect; `by hand` if it does not
/// distinguish it from the effect of another call), `server`, `pages` (how it is paged; `or` lists other names of the items),
/// `needs any` (at least one of these), `rewrites [names]` (its body is a value that was read, in which the service sets these
/// fields), `holds` (a rule across the arguments), `timeout` (seconds, instead of the client's default), `causes` (the webhook
/// events that follow).
///
/// Sections: `path`, `query`, `body` (an object of these fields), `whole` (one field that is the body), `token` (one field sent as
/// the bearer token instead of the management token). The method takes the listed arguments. Without any, it takes the request.
macro_rules! operation {
    (
        $(#[$m:meta])*
        $name:ident: $op:literal = $verb:ident $path:literal -> $answer:tt;
        method $resource:ident::$method:ident $(($($arg:ident),+))?; docs $docs:literal;
        retry $retry:ident
            $(, look at $look:ident $(by $hand:ident)?)?
            $(, server $server:ident)?
            $(, pages $cursor:ident $items:ident $(or $($other:ident)|+)? [$item:ident])?
            $(, needs any ($($any:ident),+))?
            $(, rewrites $dropped:tt)?
            $(, holds $rule:ident)?
            $(, timeout $timeout:literal)?
            $(, causes $causes:literal)?;
        $($section:ident { $($fields:tt)* })*
    ) => {
        $crate::define::rewriting! { [$($dropped)?] {
            [$(#[$m])*] $name $op $verb $path ($answer) $docs $retry [$($look $(by $hand)?)?] [$($server)?] [$($cursor $items [$item] [$($($other)+)?])?] [$($($any)+)?] [$($rule)?] [$($timeout)?] [$($causes)?]
        } $($section { $($fields)* })* }

        $crate::define::once_or_paged! { [
            $(#[$m])*
            #[doc = ""]
            #[doc = concat!("Page of the service's documentation: `", $docs, "`.")]
            $( #[doc = concat!("\n\nWebhook events that follow: ", $causes, ".")] )?
            $( #[doc = concat!("\n\nDefaults to a timeout of ", stringify!($timeout), " seconds, unless the client has a timeout of its own.")] )?
        ] $name $resource $method ($($($arg),+)?) $($cursor)? }
    };
}

/// Check the unknown arguments of an operation that accepts them.
macro_rules! check_unknown {
    ($self:ident $hints:ident $known:tt []) => {};
    ($self:ident $hints:ident [$($known:expr),*] [$extra:ident $dropped:tt]) => {
        $crate::check::unknown_fields(&$self.$extra, &[$($known),*], &$dropped, $hints)?;
    };
}

/// Unknown arguments are refused, unless the body is a value that was read and is written back.
macro_rules! rewriting {
    ([] { $($context:tt)* } $($sections:tt)*) => {
        $crate::define::each_field! { operation_struct { $($context)* [#[serde(deny_unknown_fields)]] [] } [] [] $($sections)* }
    };
    ([$dropped:tt] { $($context:tt)* } $($sections:tt)*) => {
        $crate::define::each_field! { operation_struct { $($context)* [] [extra $dropped] } [] [] $($sections)* }
    };
}

macro_rules! operation_struct {
    (
        { [$(#[$m:meta])*] $name:ident $op:literal $verb:ident $path:literal ($answer:tt) $docs:literal $retry:ident [$($look:ident $(by $hand:ident)?)?] [$($server:ident)?] [$($cursor:ident $items:ident [$item:ident] [$($other:ident)*])?] [$($any:ident)*] [$($rule:ident)?] [$($timeout:literal)?] [$($causes:literal)?] [$(#[$strict:meta])?] [$($extra:ident $dropped:tt)?] }
        [$({ $section:ident [$(#[$fm:meta])*] [$(#[$fs:meta])*] $kind:ident $f:ident ($t:tt) [$wire:expr] $([$($c:tt)+])* })*]
        [$($new:tt)*]
    ) => {
        $(#[$m])*
        ///
        #[doc = concat!("Request of `", $op, "`: `", stringify!($verb), " ", $path, "`.")]
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        $(#[cfg_attr(feature = "schema", $strict)])?
        #[non_exhaustive]
        pub struct $name {
            $( $(#[$fm])* $(#[cfg_attr(feature = "schema", $fs)])* #[cfg_attr(feature = "schema", schemars(extend("x-kind" = stringify!($kind), "x-in" = stringify!($section), "x-limits" = [$(stringify!($($c)+)),*] as [&str; $crate::define::count!($([$($c)+])*)])))] pub $f: $crate::define::field_type!($kind $t), )*
            $(
                /// Fields of the value that was read that this version does not know. They are written back.
                #[cfg_attr(feature = "schema", serde(flatten), schemars(skip))]
                pub $extra: $crate::wire::extra::Extra,
            )?
        }

        $crate::define::builder! { $name [$({ $section [$(#[$fm])*] [] $kind $f ($t) [$wire] })*] [$($new)*] $($extra)? }

        $crate::define::read_struct! { $name [$({ $kind $f $t [$wire] })*] $($extra)? }

        impl $crate::operation::Operation for $name {
            type Output = $crate::define::wire_type!($answer);

            const INFO: &'static $crate::operation::OperationInfo = &$crate::operation::OperationInfo {
                name: $op,
                method: $crate::operation::Method::$verb,
                path: $path,
                docs: $docs,
                retry: $crate::define::retry!($retry),
                check_with: match <Self as $crate::operation::Request>::CHECK_WITH {
                    Some(info) => Some(info.name),
                    None => None,
                },
                reconcile: $crate::define::reconcile!($($look $($hand)?)?),
                server: $crate::define::server!($($server)?),
                paging: $crate::define::paging_info!($($cursor $items [$($other)*])?),
                timeout: $crate::define::timeout!($($timeout)?),
                causes: $crate::define::causes!($($causes)?),
                rewrites: $crate::define::rewrites!($($dropped)?),
                arguments: &[$( $crate::operation::ArgumentInfo {
                    name: $wire,
                    location: $crate::define::location!($section),
                    required: $crate::define::is_required!($kind),
                    selects: $crate::define::selects!($kind),
                }, )*],
            };

            #[allow(unused_variables)]
            fn cursor(output: &Self::Output) -> Option<String> {
                $crate::define::cursor_of!(output $($cursor)?)
            }
        }

        impl $crate::operation::Request for $name {
            const CHECK_WITH: Option<&'static $crate::operation::OperationInfo> = $crate::define::check_with!($($look)?);

            const ARGUMENTS: &'static [$crate::wire::shape::ShapeField] = &[$( $crate::wire::shape::ShapeField {
                name: $wire,
                presence: $crate::define::presence!($kind),
                shape: <$crate::define::field_type!($kind $t) as $crate::wire::field::Wire>::SHAPE,
            }, )*];

            #[allow(unused_variables)]
            fn path_argument(&self, name: &str) -> &str {
                $( $crate::define::in_section!(path $section => if name == $wire { return &self.$f; }); )*
                ""
            }

            #[allow(unused_variables)]
            fn put_query(&self, query: &mut $crate::wire::query::Query) {
                $( $crate::define::in_section!(query $section => $crate::define::put_query!(query $wire, &self.$f, $([$($c)+])*)); )*
            }

            #[allow(unused_variables)]
            fn put_body(&self, body: &mut $crate::wire::body::Body) {
                $( $crate::define::in_section!(body $section => body.put($wire, &self.$f)); )*
                $( $crate::define::in_section!(whole $section => body.put_whole(&self.$f)); )*
                $( body.put_extra(&self.$extra, &$dropped); )?
            }

            fn client_token(&self) -> Option<&$crate::wire::secret::Secret> {
                $( $crate::define::in_section!(token $section => return Some(&self.$f)); )*
                #[allow(unreachable_code)]
                None
            }

            fn repeatable(&self) -> bool {
                $crate::define::repeatable!(self $retry)
            }

            fn check(&self, hints: &mut $crate::wire::hints::Hints) -> Result<(), $crate::wire::violation::Violation> {
                $( $crate::define::in_section!(path $section => $crate::check::path_argument($wire, &self.$f)?); )*
                $crate::check::any_given(&[$((stringify!($any), self.$any.is_some())),*])?;
                $crate::define::check_unknown! { self hints [$($wire),*] [$($extra $dropped)?] }
                $( $rule(self)?; )?
                $crate::define::check_fields!(self hints $({ $f $wire; $([$($c)+])* })*)
            }
        }

        $crate::define::paged! { $name $answer $($cursor $items [$item])? }
    };
}

macro_rules! timeout {
    () => {
        None
    };
    ($seconds:literal) => {
        Some($seconds)
    };
}

macro_rules! causes {
    () => {
        None
    };
    ($events:literal) => {
        Some($events)
    };
}

macro_rules! rewrites {
    () => {
        None
    };
    ($dropped:tt) => {
        Some(&$dropped)
    };
}

macro_rules! server {
    () => {
        $crate::operation::Server::Api
    };
    (auth) => {
        $crate::operation::Server::Auth
    };
}

macro_rules! reconcile {
    ($($look:ident)?) => {
        true
    };
    ($look:ident hand) => {
        false
    };
}

macro_rules! check_with {
    () => {
        None
    };
    ($look:ident) => {
        Some(<$look as $crate::operation::Operation>::INFO)
    };
}

macro_rules! cursor {
    (last) => {
        $crate::operation::Cursor::Last
    };
    (next) => {
        $crate::operation::Cursor::Next
    };
    (page) => {
        $crate::operation::Cursor::Page
    };
}

macro_rules! retry {
    (always) => {
        $crate::operation::Retry::Always
    };
    (if_named) => {
        $crate::operation::Retry::IfNamed
    };
    (if_unsent) => {
        $crate::operation::Retry::IfUnsent
    };
}

macro_rules! location {
    (path) => {
        $crate::operation::ArgumentLocation::Path
    };
    (query) => {
        $crate::operation::ArgumentLocation::Query
    };
    (body) => {
        $crate::operation::ArgumentLocation::Body
    };
    (whole) => {
        $crate::operation::ArgumentLocation::WholeBody
    };
    (token) => {
        $crate::operation::ArgumentLocation::Token
    };
}

/// The operations of a resource, in the order of the operation table.
macro_rules! operations {
    ($($operation:ident),* $(,)?) => {
        /// Visit each operation of the resource, in order.
        pub(crate) fn each_operation(visitor: &mut impl $crate::operation::OperationVisitor) {
            $( visitor.visit::<$operation>(); )*
        }
    };
}

pub(crate) use {
    causes, check_unknown, check_with, cursor, cursor_of, cursor_param, in_section, location,
    method, once_or_paged, operation, operation_struct, operations, paged, paging_info, put_query,
    reconcile, repeatable, retry, rewrites, rewriting, server, timeout,
};
