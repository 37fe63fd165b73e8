fn numbers(r#end: u32) -> impl Iterator<Item = u32> + Clone {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Session,
                "numbers",
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
                        "end",
                        ::agentops::__private::content_of(&r#end).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        },
    );
    let __agentops_value = ::agentops::__private::call(move || {
        let end = r#end;
        0..end
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
fn lines(
    r#file: &Path,
) -> impl ::core::future::Future<Output = Result<Vec<impl Display>, Error>> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<Vec<_>, Error>>();
            }
            ::agentops::__private::start_future(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "lines",
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
                                "file",
                                ::agentops::__private::content_of(&r#file)
                                    .__agentops_content(),
                            ),
                        ],
                    )
                } else {
                    ::agentops::__private::no_arguments()
                },
            );
            let file = r#file;
            read(file).await
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
