fn run(
    __agentops_argument_0: Request,
    __agentops_argument_1: (u32, u32),
    __agentops_argument_2: String,
    r#_unused: Guard,
    __agentops_argument_4: String,
    __agentops_argument_5: [u8; 3],
    r#count: u32,
) -> u32 {
    let mut __agentops_scope = ::agentops::__private::scope();
    let __agentops_started = &mut __agentops_scope;
    let __agentops_value = ::agentops::__private::call(move || -> u32 {
        let __agentops_arguments = if ::agentops::__private::wants_arguments() {
            ::agentops::__private::arguments(
                &[
                    (
                        "arg0",
                        ::agentops::__private::content_of(&__agentops_argument_0)
                            .__agentops_content(),
                    ),
                    (
                        "arg1",
                        ::agentops::__private::content_of(&__agentops_argument_1)
                            .__agentops_content(),
                    ),
                    (
                        "_unused",
                        ::agentops::__private::content_of(&r#_unused)
                            .__agentops_content(),
                    ),
                    (
                        "name",
                        ::agentops::__private::content_of(&__agentops_argument_4)
                            .__agentops_content(),
                    ),
                    (
                        "whole",
                        ::agentops::__private::content_of(&__agentops_argument_5)
                            .__agentops_content(),
                    ),
                    (
                        "count",
                        ::agentops::__private::content_of(&r#count).__agentops_content(),
                    ),
                ],
            )
        } else {
            ::agentops::__private::no_arguments()
        };
        let __agentops_argument_0 = __agentops_argument_0;
        let Request { id, mut model } = __agentops_argument_0;
        let __agentops_argument_1 = __agentops_argument_1;
        let (a, _) = __agentops_argument_1;
        let __agentops_argument_2 = __agentops_argument_2;
        let _unused = ::agentops::__private::keep(r#_unused);
        let __agentops_argument_4 = __agentops_argument_4;
        let ref name = __agentops_argument_4;
        let __agentops_argument_5 = __agentops_argument_5;
        let whole @ [first, ..] = __agentops_argument_5;
        let mut count = r#count;
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
                    .described();
                &__AGENTOPS_SITE
            },
            |mut __agentops_draft| {
                ::agentops::__private::session_id(&mut __agentops_draft, &(id));
                ::agentops::__private::record(
                    __agentops_draft,
                    &[],
                    __agentops_arguments,
                );
            },
        );
        {
            count += a;
            count
        }
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
fn later(
    __agentops_argument_0: Request,
    __agentops_argument_1: String,
) -> impl ::core::future::Future<Output = u32> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<u32>();
            }
            let _ = &__agentops_argument_0;
            let _ = &__agentops_argument_1;
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
                                "arg0",
                                ::agentops::__private::content_of(&__agentops_argument_0)
                                    .__agentops_content(),
                            ),
                        ],
                    )
                } else {
                    ::agentops::__private::no_arguments()
                },
            );
            let __agentops_argument_0 = __agentops_argument_0;
            let Request { id, .. } = __agentops_argument_0;
            let __agentops_argument_1 = __agentops_argument_1;
            id
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
