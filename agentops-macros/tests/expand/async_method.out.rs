impl Agent {
    pub fn run(
        &mut self,
        r#input: Vec<String>,
    ) -> impl ::core::future::Future<Output = &mut Self> {
        ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<&mut Self>();
                }
                let _ = &self;
                let input = r#input;
                ::agentops::__private::start_future(
                    {
                        static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            ::core::option::Option::Some("run"),
                            "run",
                            ::core::module_path!(),
                            ::core::file!(),
                            ::core::line!(),
                            &[],
                            &[],
                        );
                        &SITE
                    },
                    |mut __agentops_draft| {
                        ::agentops::__private::session_id(
                            &mut __agentops_draft,
                            &(self.chat),
                        );
                        ::agentops::__private::record(__agentops_draft, &[]);
                    },
                );
                {
                    self.seen.extend(input);
                    self
                }
            },
            |__agentops_value| {
                use ::agentops::__private::*;
                (&&&&::agentops::__private::Probe(__agentops_value)).__agentops_outcome()
            },
        )
    }
    fn consume(mut self: Box<Self>) -> impl ::core::future::Future<Output = Self> {
        ::agentops::__private::future(
            async move {
                if false {
                    return ::agentops::__private::value_of::<Self>();
                }
                let _ = &self;
                ::agentops::__private::start_future(
                    {
                        static SITE: ::agentops::__private::Site = ::agentops::__private::Site::new(
                            ::agentops::__private::Kind::Session,
                            ::core::option::Option::Some("consume"),
                            "consume",
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
                *self
            },
            |__agentops_value| {
                use ::agentops::__private::*;
                (&&&&::agentops::__private::Probe(__agentops_value)).__agentops_outcome()
            },
        )
    }
}
