fn run<'a, T: Debug + 'a, const N: usize>(
    r#input: &'a T,
    r#rest: [u8; N],
) -> (&'a T, usize)
where
    T: Send,
{
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> (&'a T, usize) {
        let input = r#input;
        let rest = r#rest;
        ::agentops::__private::start(
            __agentops_started,
            {
                static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    ::core::option::Option::Some("run"),
                    "run",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                    &[],
                    &["input"],
                );
                &SITE
            },
            |__agentops_draft| {
                ::agentops::__private::record(
                    __agentops_draft,
                    &[&::agentops::__private::Debugged(&(input))],
                );
            },
        );
        (input, rest.len())
    });
    ::agentops::__private::finish(
        __agentops_scope,
        {
            use ::agentops::__private::*;
            (&&&&::agentops::__private::Probe(&__agentops_value)).__agentops_outcome()
        },
    );
    __agentops_value
}
fn later<T, E>(
    r#input: impl Display,
    r#value: Result<T, E>,
) -> impl ::core::future::Future<Output = Result<Vec<T>, E>> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<Vec<T>, E>>();
            }
            let input = r#input;
            let value = r#value;
            ::agentops::__private::start_future(
                {
                    static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        ::core::option::Option::Some("later"),
                        "later",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                        &[],
                        &[],
                    );
                    &SITE
                },
                |__agentops_draft| {
                    ::agentops::__private::record(__agentops_draft, &[]);
                },
            );
            Ok(vec![value ?])
        },
        |__agentops_value| {
            use ::agentops::__private::*;
            (&&&&::agentops::__private::Probe(__agentops_value)).__agentops_outcome()
        },
    )
}
