fn opaque() -> impl Stream<Item = u32> + Send + 'static {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::LlmCall,
                "opaque",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        ::agentops::__private::no_arguments(),
    );
    let __agentops_value = ::agentops::__private::call(move || { numbers() });
    let __agentops_span = ::agentops::__private::left(&mut __agentops_scope);
    ::agentops::__private::opaque_stream::<
        _,
        u32,
    >(
        __agentops_span,
        __agentops_value,
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
fn opaque_result() -> impl ::core::future::Future<
    Output = Result<impl futures_core::Stream<Item = u32>, Error>,
> {
    ::agentops::__private::future_with(
        async move {
            if false {
                return ::agentops::__private::value_of::<Result<_, Error>>();
            }
            ::agentops::__private::start_future(
                {
                    static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                        ::agentops::__private::Kind::LlmCall,
                        "opaque_result",
                        ::core::module_path!(),
                        ::core::file!(),
                        ::core::line!(),
                    );
                    &__AGENTOPS_SITE
                },
                ::agentops::__private::no_arguments(),
            );
            connect().await
        },
        |__agentops_value, __agentops_span| ::agentops::__private::opaque_stream_result::<
            _,
            u32,
            _,
        >(
            __agentops_span,
            __agentops_value,
            |__agentops_value, __agentops_seen| ::agentops::__private::look(
                __agentops_seen,
                ::agentops::__private::returned(
                        ::agentops::__private::probe(__agentops_value).__agentops_split(),
                    )
                    .__agentops_look(),
            ),
            |__agentops_value, __agentops_seen| ::agentops::__private::look(
                __agentops_seen,
                ::agentops::__private::returned(
                        ::agentops::__private::probe(__agentops_value).__agentops_split(),
                    )
                    .__agentops_look(),
            ),
            true,
        ),
    )
}
fn boxed() -> Pin<Box<dyn Stream<Item = u32> + Send>> {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::LlmCall,
                "boxed",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        ::agentops::__private::no_arguments(),
    );
    let __agentops_value = ::agentops::__private::call(move || -> Pin<
        Box<dyn Stream<Item = u32> + Send>,
    > { Box::pin(numbers()) });
    let __agentops_span = ::agentops::__private::left(&mut __agentops_scope);
    ::agentops::__private::streaming(&__agentops_value)
        .__agentops_way()
        .end(
            __agentops_span,
            __agentops_value,
            |__agentops_value, __agentops_seen| ::agentops::__private::look(
                __agentops_seen,
                ::agentops::__private::returned(
                        ::agentops::__private::probe(__agentops_value).__agentops_split(),
                    )
                    .__agentops_look(),
            ),
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
fn cloneable() -> impl Stream<Item = u32> + Clone {
    let mut __agentops_scope = ::agentops::__private::begin(
        {
            static __AGENTOPS_SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                ::agentops::__private::Kind::LlmCall,
                "cloneable",
                ::core::module_path!(),
                ::core::file!(),
                ::core::line!(),
            );
            &__AGENTOPS_SITE
        },
        ::agentops::__private::no_arguments(),
    );
    let __agentops_value = ::agentops::__private::call(move || { numbers() });
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
