fn guard() {
    let __agentops_guard = ::agentops::__private::begin_with(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                    ::agentops::__private::Kind::Session,
                    "guard",
                    ::core::module_path!(),
                    ::core::file!(),
                    ::core::line!(),
                )
                .described();
            &__AGENTOPS_SITE
        },
        |mut __agentops_draft| {
            ::agentops::__private::session_id(&mut __agentops_draft, &(LIMIT));
            ::agentops::__private::record(
                __agentops_draft,
                &[],
                ::agentops::__private::no_arguments(),
            );
        },
    );
    {
        const LIMIT: u32 = 3;
        work(LIMIT);
    }
}
fn future() -> impl ::core::future::Future<Output = Result<u32, Error>> {
    ::agentops::__private::future(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<u32, Error>>();
            }
            ::agentops::__private::start_future(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::Session,
                        "future",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    );
                    &__AGENTOPS_SITE
                },
                ::agentops::__private::no_arguments(),
            );
            {
                struct Result;
                use std::result::Result::Ok;
                Ok(3)
            }
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
fn no_items() -> u32 {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::Session,
                "no_items",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        ::agentops::__private::no_arguments(),
    );
    let __agentops_value = ::agentops::__private::call(move || -> u32 {
        const { union(1, 2) }
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
