fn run<'a, T: Debug + 'a, const N: usize>(
    r#input: &'a T,
    r#rest: [u8; N],
) -> (&'a T, usize)
where
    T: Send,
{
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> (&'_ T, usize) {
        let __agentops_arguments = if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "input",
                        ::agentops::__private::content_of(&r#input).__agentops_content(),
                    ),
                    (
                        "rest",
                        ::agentops::__private::content_of(&r#rest).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        };
        let input = r#input;
        let rest = r#rest;
        ::agentops::__private::start_with(
            __agentops_started,
            {
                static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "run",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    )
                    .keys(&["input"]);
                &__AGENTOPS_SITE
            },
            |__agentops_draft| {
                ::agentops::__private::record(
                    __agentops_draft,
                    &[&::agentops::__private::Debugged(&(input))],
                    __agentops_arguments,
                );
            },
        );
        (input, rest.len())
    });
    ::agentops::__private::conclude(
        &mut __agentops_scope,
        ::agentops::__private::returned(
                ::agentops::__private::probe(&__agentops_value).__agentops_split(),
            )
            .__agentops_look(),
        true,
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
            ::agentops::__private::start_future(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "later",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    );
                    &__AGENTOPS_SITE
                },
                if ::agentops::__private::wants_arguments() {
                    ::agentops::__private::arguments(
                        &[
                            (
                                "input",
                                ::agentops::__private::content_of(&r#input)
                                    .__agentops_content(),
                            ),
                            (
                                "value",
                                ::agentops::__private::content_of(&r#value)
                                    .__agentops_content(),
                            ),
                        ],
                    )
                } else {
                    ::agentops::__private::no_arguments()
                },
            );
            let input = r#input;
            let value = r#value;
            Ok(vec![value ?])
        },
        |__agentops_value, __agentops_seen| ::agentops::__private::look(
            __agentops_seen,
            ::agentops::__private::returned(
                    ::agentops::__private::probe(__agentops_value).__agentops_split(),
                )
                .__agentops_look(),
        ),
        true,
    )
}
