async fn serve(r#queue: Queue) -> ! {
    match ::agentops::__private::future(
            async move {
                if ::agentops::__private::yes() {
                    let queue = r#queue;
                    ::agentops::__private::start_future(
                        {
                            static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                                ::agentops::__private::Kind::Session,
                                ::core::option::Option::Some("serve"),
                                "serve",
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
                    loop {
                        queue.next().await;
                    }
                } else {
                    ::core::option::Option::None::<::core::convert::Infallible>
                }
            },
            |_| ::agentops::__private::Outcome::Unknown,
        )
        .await
    {
        _ => ::agentops::__private::never(),
    }
}
